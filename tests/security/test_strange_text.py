"""Whatever is typed is kept as it was typed or refused in words; nothing breaks (T018, T021)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from huiyin.documents import workbooks
from huiyin.kernel.ids import new_key
from tests.security.corpus import UNKEPT, WHOLE, combining, filling
from tests.security.form import Form
from tests.security.house import AS_A_PROGRAM, House
from tests.security.sending import FORMS, sent

WITH_TEXT = [form for form in FORMS if form.texts]
# The reason given for these stands on the record as a digest alone.
ONLY_A_DIGEST = {"accounts:account_act", "accounts:post_act"}


def each_form(*forms: Form) -> Any:
    return pytest.mark.parametrize("form", forms, ids=lambda form: form.name)


def words_kept() -> set[str]:
    """Every text in the database, in columns and inside what is kept as JSON."""
    kept: set[str] = set()
    for room in ("accounts", "organisations", "suggestions", "ui"):
        for model in apps.get_app_config(room).get_models():
            for row in model._default_manager.values_list():
                kept.update(_texts(row))
    return kept


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


@pytest.mark.parametrize("kind", WHOLE)
@each_form(*[form for form in WITH_TEXT if form.name not in ONLY_A_DIGEST])
def test_words_are_kept_letter_by_letter_or_refused(house: House, form: Form, kind: str) -> None:
    typed = {
        name: filling(WHOLE[kind], limit, place=place)
        for place, (name, limit) in enumerate(form.texts.items())
    }
    answer = sent(house, form, {**form.filled(house), **typed}, headers=AS_A_PROGRAM)
    if answer.status_code != form.taken:
        # A name or a number may be refused; then it is told, and nothing is kept.
        assert answer.status_code == 422
        assert not words_kept() & set(typed.values())
        assert form.name in MAY_REFUSE
        return
    kept = words_kept()
    assert [name for name, text in typed.items() if _as_kept(name, text) not in kept] == []


# The name of a kept view must be printable.
MAY_REFUSE = {"ui:save_view", "ui:rename_view"}
# One line: any run of blanks is one blank.
ONE_LINE = {"title", "organ_hint", "word"}


def _as_kept(name: str, text: str) -> str:
    return " ".join(text.split()) if name in ONE_LINE else text.strip()


def test_a_title_of_marks_upon_one_letter_is_kept_and_shown(house: House) -> None:
    form = next(form for form in FORMS if form.name == "suggestions:edit")
    title = combining(120)
    sent(house, form, {**form.filled(house), "title": title})
    lin = house.browser("lin")
    assert title in lin.get("/suggestions/", {"size": "100"}).content.decode()
    assert title in lin.get("/suggestions/", {"export": "csv"}).getvalue().decode("utf-8-sig")
    sheet = BytesIO(lin.get("/suggestions/", {"export": "xlsx"}).getvalue())
    rows = workbooks.read(sheet, name="list.xlsx").rows
    assert title in {value for row in rows for value in row.values}
    assert title in lin.get("/suggestions/", {"print": "1"}).content.decode()


# --- What no database keeps


@each_form(*FORMS)
def test_a_nul_in_any_field_breaks_nothing(house: House, form: Form) -> None:
    """PostgreSQL refuses it in the middle of a statement: it must never get so far."""
    straight = form.filled(house)
    broken = {}
    for name in [*straight, *form.fields - straight.keys()]:
        with transaction.atomic():
            said = {**straight, "once": new_key(), name: UNKEPT}
            browser = house.browser(form.who, raise_request_exception=False, headers=AS_A_PROGRAM)
            status = browser.post(form.path(house), said).status_code
            transaction.set_rollback(True)
        if status >= 500:
            broken[name] = status
    assert broken == {}


SURROGATES = b"\xed\xa0\x80x\xed\xb0\x80"


@each_form(*WITH_TEXT)
def test_half_a_letter_is_replaced_before_it_is_read(house: House, form: Form) -> None:
    """Bytes that are no UTF-8: what is kept is text, and the page can be shown again."""
    straight = form.filled(house)
    lines = []
    for name, value in straight.items():
        for each in value if isinstance(value, list) else [value]:
            text = SURROGATES if name in form.texts else str(each).encode()
            lines.append(
                b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                % (name.encode(), text)
            )
    body = b"".join([*lines, b"--XX--\r\n"])
    answer = house.browser(form.who).generic(
        "POST", form.path(house), body, "multipart/form-data; boundary=XX"
    )
    assert answer.status_code in {form.taken, 422}
    assert not [text for text in words_kept() if any("\ud800" <= each <= "\udfff" for each in text)]


# --- Addresses

ASKED: dict[str, tuple[str, ...]] = {
    "/": ("q",),
    "/suggestions/": (
        *("q", "deputy", "replied_in", "tab", "sort", "size", "view", "after", "before"),
        *("session", "organ", "stage", "due_from", "export", "print", "duty", "set"),
    ),
    "/overview/": ("session",),
    "/notices/": ("before",),
    "/people/": ("q", "role", "waiting", "page"),
    "/sign-in/": ("next",),
    "/suggestions/import/{planned}/": ("only", "page"),
    "/suggestions/{draft}/edit/": ("boxes",),
}
ODD = (
    *("\x00", "'", '"', "\\", "%", "%00", "\x1b[31m", "\r\nX-Evil: 1", "١٢", "²", "-1", "1e9"),
    *("0" * 50, "9" * 400, "𠮷", "\u202e", "null", "[]", "{}", "../..", "NaN", "Infinity"),
)


@pytest.mark.parametrize("place", ASKED)
def test_odd_questions_in_an_address_break_nothing(house: House, place: str) -> None:
    draft = house.ours.cases["draft, a co-signer invited"]
    path = place.format(planned=house.ours.planned.key, draft=draft.key)
    who = "lin" if "draft" in place else "clerk"
    browser = house.browser(who, raise_request_exception=False, headers=AS_A_PROGRAM)
    broken = {}
    for name in ASKED[place]:
        for odd in ODD:
            with transaction.atomic():
                status = browser.get(path, {name: odd}).status_code
                transaction.set_rollback(True)
            if status >= 500:
                broken[name, odd] = status
    assert broken == {}


def test_odd_keys_in_an_address_are_not_there(house: House) -> None:
    clerk = house.browser("clerk", raise_request_exception=False)
    for key in ("%00", "a%00b", "%F0%A0%AE%B7", "%ED%A0%80", "'", "x" * 500, "%0d%0a"):
        assert clerk.get(f"/people/{key}/").status_code == 404, key
        assert clerk.post(f"/people/{key}/post/", {}).status_code == 404, key
        assert clerk.post(f"/people/{key}/account/close/", {}).status_code == 404, key
        assert clerk.post(f"/people/post/{key}/end/", {}).status_code == 404, key
        assert clerk.post(f"/views/{key}/rename/", {"name": "x"}).status_code == 404, key
        assert clerk.post(f"/views/{key}/delete/", {}).status_code == 404, key
        assert clerk.get(f"/suggestions/{key}/").status_code == 404, key
        assert clerk.get(f"/suggestions/import/{key}/").status_code == 404, key


@pytest.mark.parametrize("cookie", ['"\\000aaaaaaaaaaaa"', "\x80" * 40, "a" * 5000, '"\\ud800"'])
def test_an_odd_cookie_is_nobodys(house: House, cookie: str) -> None:
    """The quoted form of a cookie can hold any byte, a NUL among them."""
    browser = house.browser("stranger", raise_request_exception=False)
    header = f"huiyin-session={cookie}; huiyin-csrf={cookie}; huiyin-language={cookie}"
    for path in ("/sign-in/", "/suggestions/"):
        answer = browser.get(path, headers={"Cookie": header})
        assert answer.status_code in {200, 302}, path
    assert browser.post("/sign-in/", {}, headers={"Cookie": header}).status_code == 422


def test_codes_and_choices_of_keys_take_odd_keys_too(house: House) -> None:
    clerk = house.browser("clerk", raise_request_exception=False)
    for odd in ODD:
        codes = clerk.post(reverse("accounts:codes"), {"person": [odd]})
        assert codes.status_code in {404, 422}, odd
        many = {"chosen": [odd], "act": "do", "once": new_key()}
        chosen = clerk.post(reverse("suggestions:assign_many"), many)
        assert chosen.status_code in {404, 422}, odd
