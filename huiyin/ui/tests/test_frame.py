"""The frame around a page: menu, person, preferences, forms, gallery."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.utils import translation

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Invalid
from huiyin.ui import menu
from huiyin.ui.forms import AskedForm
from huiyin.ui.styleguide.views import ARCHETYPES

EVERYBODY = frozenset(Role.values)


def item(url_name: str, **more) -> menu.MenuItem:
    return menu.MenuItem(
        **{"url_name": url_name, "label": url_name, "roles": EVERYBODY, "order": 10, **more}
    )


def test_the_menu_is_that_of_the_post(town, registry):
    menu.register(item("accounts:account", order=20))
    menu.register(item("accounts:password", roles=frozenset({Role.CLERK}), order=10))
    menu.register(item("nowhere:at_all", order=5))
    labels = {
        who: [entry.label for entry in menu.entries(town.actor(who), path="/")]
        for who in ("lin", "clerk")
    }
    assert labels == {
        "lin": ["accounts:account"],
        "clerk": ["accounts:password", "accounts:account"],
    }
    assert menu.entries(None, path="/") == []


def test_the_longest_address_that_leads_here_is_active(town, registry):
    menu.register(item("accounts:account"))
    menu.register(item("accounts:password"))
    entries = menu.entries(town.actor("lin"), path="/account/password/")
    assert [entry.label for entry in entries if entry.active] == ["accounts:password"]


def test_counts_are_asked_only_for_what_is_shown(town, registry):
    menu.register(item("accounts:account", count=lambda actor: len(actor.role)))
    menu.register(item("accounts:password", roles=frozenset({Role.CLERK}), count=lambda _: 1 / 0))
    assert [entry.count for entry in menu.entries(town.actor("lin"), path="/")] == [len("deputy")]


@pytest.mark.urls("huiyin.ui.tests.pages")
def test_the_page_wears_what_the_reader_chose(town, client, registry):
    person = town.person("lin")
    person.theme, person.large_type, person.density = "dark", True, "compact"
    person.language = "en"
    person.save()
    page = town.signed_in(client, "lin").get("/sample/").content.decode()
    opening = re.search(r"<html[^>]*>", page)
    assert opening
    assert (
        opening[0] == '<html lang="en" data-theme="dark" data-type="large" data-density="compact">'
    )
    assert "林晓岚" in page
    assert town.post("lin").title in page


class Question(AskedForm):
    title = forms.CharField(label="Title")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, help_text="Short.")

    why = {"title": "One matter each."}
    examples = {"title": "On lifts"}


def test_a_question_says_why_and_gives_an_example():
    with translation.override("en"):
        page = str(Question())
    assert 'aria-describedby="id_title_why id_title_example"' in page
    assert 'id="id_title_why">One matter each.' in page
    assert "For example: On lifts" in page
    assert "(optional)" in page
    assert " required" not in page


def test_a_refused_form_says_so_at_its_top_and_beside_the_field():
    with translation.override("zh-hans"):
        page = str(Question({"note": "kept"}))
    assert 'href="#id_title"' in page
    assert 'href="#id_kind_group"' in page
    assert page.count("请填写。") == 2
    assert 'aria-invalid="true"' in page
    assert 'value="kept"' in page


def test_what_a_service_refuses_lands_beside_its_field():
    form = Question({"title": "x", "kind": "a"})
    assert form.is_valid()
    form.refuse(Invalid("No.", fields={"title": ["Too short."], "elsewhere": ["Odd."]}))
    assert form.errors["title"] == ["Too short."]
    assert form.non_field_errors() == ["Odd."]


@pytest.mark.django_db
@pytest.mark.urls("huiyin.ui.tests.pages")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["", *(f"{one}/" for one in ARCHETYPES)])
def test_the_gallery_shows_everything_under_the_strictest_policy(client, name, language):
    answer = client.get(f"/styleguide/{name}", {"language": language, "type": "large"})
    page = answer.content.decode()
    assert answer.status_code == (409 if name == "error/" else 200)
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page)
    assert len(re.findall(r"<h1\b", page)) == (0 if name == "paper/" else 1)
