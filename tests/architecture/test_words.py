"""Everything shown to a reader is in his language."""

import inspect
import re
import sys

from django.apps import apps
from django.db.models.enums import Choices
from django.forms import BaseForm
from django.urls import get_resolver
from django.utils import translation

from huiyin.config import catalogues

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_catalogues_are_complete_and_agree():
    assert list(catalogues.faults()) == []


def test_every_choice_is_in_chinese():
    with translation.override("zh-hans"):
        assert [
            f"{choices.__module__}.{choices.__name__}.{member.name}: {member.label}"
            for choices in _all_of(Choices)
            for member in choices
            if not CHINESE.search(str(member.label))
        ] == []


def test_every_field_of_a_model_is_in_chinese_once_named():
    """A name given in the code is given for a reader; an unnamed field is shown to nobody."""
    with translation.override("zh-hans"):
        assert [
            f"{model._meta.label}.{field.name}: {field.verbose_name}"
            for model in apps.get_models()
            if model.__module__.startswith("huiyin.")
            for field in model._meta.concrete_fields
            if not isinstance(field.verbose_name, str)
            and not CHINESE.search(str(field.verbose_name))
        ] == []


def test_every_label_of_a_form_is_in_chinese():
    get_resolver().url_patterns  # noqa: B018 - loads the rooms' views and with them their forms
    with translation.override("zh-hans"):
        assert [
            f"{form.__module__}.{form.__name__}.{name}: {field.label}"
            for form in _all_of(BaseForm)
            for name, field in getattr(form, "base_fields", {}).items()
            if field.label and not CHINESE.search(str(field.label))
        ] == []


def _all_of(kind):
    """Every subclass of ours that some loaded module defines."""
    found = {
        member
        for name, module in list(sys.modules.items())
        if name.startswith("huiyin.") and ".tests" not in name
        for member in vars(module).values()
        if inspect.isclass(member) and issubclass(member, kind) and member.__module__ == name
    }
    return sorted(found, key=lambda one: (one.__module__, one.__name__))
