"""Forms as an office asks: one question per block, why it is asked, an example under the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Invalid, Words


class AskedField(forms.BoundField):
    """A field with its reason and example, both read out with it."""

    @property
    def why(self) -> Words:
        return self._said_by_form("why")

    @property
    def example(self) -> Words:
        return self._said_by_form("examples")

    def _said_by_form(self, what: str) -> Words:
        said: Mapping[str, Words] = getattr(self.form, what, {})
        return said.get(self.name, "")

    @property
    def widget_kind(self) -> str:
        """``choices`` for several buttons, ``choice`` for one tick box, else ``line``."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "choices"
        return "choice" if isinstance(widget, forms.CheckboxInput) else "line"

    @property
    def aria_describedby(self) -> str:
        """Ids of everything said about the field, in the order of the page."""
        if not self.auto_id or self.is_hidden:
            return ""
        said = {
            "why": self.why,
            "helptext": self.help_text,
            "example": self.example,
            "error": self.errors,
        }
        return " ".join(f"{self.auto_id}_{part}" for part, words in said.items() if words)


class Renderer(TemplatesSetting):
    form_template_name = "ui/_form.html"
    field_template_name = "ui/_field.html"
    bound_field_class = AskedField


class AskedForm(forms.Form):
    """``why`` and ``examples`` by field name; ``{{ form }}`` renders summary and fields."""

    why: Mapping[str, Words] = {}
    examples: Mapping[str, Words] = {}
    default_renderer = Renderer
    bound_field_class = AskedField
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _ask_in_our_words(field)
        # The browser's own bubbles speak its language, not the reader's, one fault at a time.
        self.use_required_attribute = False

    def refuse(self, error: Invalid) -> None:
        """Put a service's complaints beside the fields they name."""
        for name, complaints in error.fields.items():
            for complaint in complaints:
                self.add_error(name if name in self.fields else None, str(complaint))
        if not error.fields:
            self.add_error(None, str(error))


def _ask_in_our_words(field: forms.Field) -> None:
    """Django says that a field is required; a reader wants to know what to do about it."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    widget = field.widget
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        field.error_messages["required"] = _("Please choose.")
    elif isinstance(widget, forms.FileInput):
        field.error_messages["required"] = _("Please add the file.")
    else:
        field.error_messages["required"] = _("Please fill this in.")
