"""A house in which every text is an attack: all pages stand, and nothing on them comes alive.

T020 and T021 on every page, at once: each column and each text kept as JSON is overwritten in the
database itself, so that no form's own care stands between the text and the page.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import QuerySet
from django.urls import reverse

from huiyin.kernel.ids import new_key
from huiyin.ledger.testing import unprotected
from huiyin.organisations.models import CalendarNotice
from huiyin.outbox.models import Channel, Delivery, Notice, State
from huiyin.suggestions.models import (
    Act,
    Draft,
    OpinionDraft,
    ReplyFile,
    ResponsibilitySystem,
    Suggestion,
    WordingProposal,
)
from tests.security.addresses import EVERY, KEYS, address
from tests.security.corpus import ALIVE, PRODUCT, TEMPLATES, filling
from tests.security.house import House
from tests.security.sending import FORMS, sent
from tests.security.test_matrix import MATRIX, NO_READING

ROOMS = ("accounts", "documents", "ledger", "organisations", "outbox", "suggestions", "ui")
TEXTS = (*ALIVE, *TEMPLATES)

# --- Overwriting every text

# Columns of letters that hold no words: keys, codes, digests, names of things in the program.
NO_WORDS: dict[str, set[str]] = {
    "accounts.Person": {"password"},
    "accounts.Activation": {"code_digest"},
    "accounts.KnownDevice": {"token_digest"},
    "accounts.Tally": {"bucket"},
    "documents.Attachment": {
        *("sha256", "content_type", "stored_as", "owner_person_key", "congress_key"),
        *("case_type", "case_key", "part"),
    },
    "ledger.Chain": {"head_hash"},
    "ledger.Entry": {
        *("person_key", "post_key", "role", "on_behalf_of", "via", "action", "subject_type"),
        *("subject_key", "why_digest", "alg", "prev", "hash", "facts"),
    },
    "ledger.IdempotencyKey": {"person_key", "action", "result"},
    "organisations.Division": {"code"},
    "organisations.Congress": {"slug"},
    "organisations.RuleChoice": {"pack", "overrides", "entered_by"},
    "organisations.CalendarNotice": {"loaded_by"},
    "outbox.Notice": {"event", "case_type", "case_key"},
    "outbox.Pulse": {"name", "boot"},
    "outbox.Run": {"job"},
    "outbox.Wish": {"event"},
    "outbox.Reach": {"at_once"},
    "suggestions.Suggestion": {
        *("source_ref", "outcome_class", "first_attitude", "first_result", "attitude", "result"),
        *("rated_via", "first_rated_via"),
    },
    "suggestions.Act": {"move", "from_stage", "to_stage", "reason_code"},
    "suggestions.Assignment": {"extensions", "opinion_mark", "before", "contests"},
    "suggestions.FaceToFaceReply": {"present"},
    "suggestions.ClassClaim": {"outcome_class", "proof", "files"},
    "suggestions.Countersignature": {"digest"},
    "suggestions.Redating": {"cause_key"},
    "suggestions.Redated": {"told"},
    "suggestions.ImportRun": {"sha256", "mapping", "choices", "counts"},
    "suggestions.Version": {"formed_by"},
    "suggestions.Reply": {"outcome_class"},
    "suggestions.RulesApplied": {"settled", "extended", "values"},
    "suggestions.Verdict": {"reason_code"},
    "ui.SavedView": {"person_key", "list_name", "shared_with_role"},
}


def _draft(content: Any, text: str) -> Any:
    return {
        **content,
        **dict.fromkeys(("title", "situation", "organ_hint"), text),
        "requests": [text],
    }


def _letter(draft: Any, text: str) -> Any:
    return {name: text if name != "outcome_class" else said for name, said in draft.items()}


def _opinion(draft: Any, text: str) -> Any:
    return dict.fromkeys(draft, text)


def _parts(told: Any, text: str) -> Any:
    return {**told, "organs": [{**each, "part": text} for each in told.get("organs", [])]}


def _cleared_by(levels: Any, text: str) -> Any:
    return [{**each, "name": text} for each in levels]


def _levels(levels: Any, text: str) -> Any:
    return [[level, text] for level, _words in levels]


def _days_off(notice: Any, text: str) -> Any:
    rests = [{**each, "zh": text, "en": text} for each in notice["rest"]]
    return {**notice, "number": text, "title": text, "rest": rests}


# What is kept as JSON, and how its words are overwritten.
INSIDE: dict[tuple[type[models.Model], str], Callable[[Any, str], Any]] = {
    (Draft, "content"): _draft,
    (ReplyFile, "draft"): _letter,
    (OpinionDraft, "content"): _opinion,
    (WordingProposal, "requests"): lambda _said, text: [text, text],
    (Notice, "params"): lambda said, text: dict.fromkeys(said, text),
    (Act, "data"): _parts,
    (CalendarNotice, "content"): _days_off,
    (ResponsibilitySystem, "levels"): _levels,
    (ReplyFile, "levels"): _cleared_by,
}


def every_text() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """Each kind of row with its columns of words."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            known = NO_WORDS.get(model._meta.label, set())
            yield (
                model,
                [
                    column
                    for column in model._meta.concrete_fields
                    if isinstance(column, models.CharField | models.TextField | models.JSONField)
                    and not column.choices
                    and column.name not in known | {"key"}
                ],
            )


def overwrite() -> None:
    """Give every text of the house another attack."""
    # PostgreSQL lifts no trigger while rows of the table still wait for their check.
    connection.check_constraints()
    turn = count()
    for model, columns in every_text():
        with unprotected(model._meta.db_table):
            for row in model._default_manager.all() if columns else ():
                values = {each.attname: _attack(row, each, next(turn)) for each in columns}
                QuerySet(model).filter(pk=row.pk).update(**values)
    Delivery.objects.filter(channel=Channel.EMAIL).update(state=State.FAILED)


def _attack(row: models.Model, column: models.Field[Any, Any], place: int) -> Any:
    if isinstance(column, models.JSONField):
        attacked = INSIDE[type(row), column.name]
        return attacked(getattr(row, column.attname), filling(TEXTS, 300, place=place))
    # The ending of a list's name says how it is read again.
    ending = ".xlsx" if column.name == "name" and hasattr(row, "sha256") else str(row.pk)
    room = min(column.max_length or 400, 400) - len(ending)
    return (
        next(
            text
            for text in (filling(TEXTS, room, place=place + n) for n in count())
            if text or room < 9
        )
        + ending
    )


def test_every_column_of_words_is_overwritten_or_holds_none() -> None:
    """A new column of text is taken up here by itself; new JSON is named in one list or another."""
    columns = {(model, each.name): each for model, found in every_text() for each in found}
    inside = set(INSIDE)
    json_columns = {at for at, each in columns.items() if isinstance(each, models.JSONField)}
    assert json_columns == inside
    named = {(label, name) for label, names in NO_WORDS.items() for name in names}
    there = {
        (model._meta.label, each.name)
        for model, _found in every_text()
        for each in model._meta.concrete_fields
    }
    assert named <= there


# --- Looking at pages as a browser does

TAGS = frozenset(
    (
        *(
            "html",
            "head",
            "meta",
            "title",
            "link",
            "script",
            "blockquote",
            "body",
            "main",
            "header",
            "footer",
        ),
        *("nav", "section", "article", "aside", "div", "span", "p", "a", "b", "i", "em", "strong"),
        *("small", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption"),
        *("thead", "tbody", "tfoot", "tr", "th", "td", "form", "input", "button", "select"),
        *("option", "optgroup", "textarea", "label", "fieldset", "legend", "details", "summary"),
        *("dialog", "template", "svg", "path", "rect", "circle", "g", "line", "text", "polyline"),
        *("time", "ins", "del", "mark", "kbd", "br", "hr", "figure", "figcaption", "output"),
        *("datalist", "progress", "col", "colgroup", "address", "abbr"),
    )
)
LINKS = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"})
NEVER = frozenset({"style", "srcdoc", "http-equiv", "background", "ping", "nonce"})


class Looker(HTMLParser):
    """Collects whatever could run, load or lead away."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        if tag not in TAGS:
            self.live.append(f"<{tag}>")
        for name, value in attrs:
            said = (value or "").strip()
            own = said.startswith(("/", "#", "?")) and not said.startswith(("//", "/\\"))
            leads_away = name in LINKS and said and not own
            if name.startswith("on") or name in NEVER or leads_away:
                self.live.append(f"{tag} {name}={said}")

    def handle_data(self, text: str) -> None:
        if self.in_script and text.strip():
            self.live.append(f"script: {text[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_comment(self, text: str) -> None:
        """None is ours; and what is a comment to this reader may be open to a browser."""
        self.live.append(f"<!--{text[:40]}")


def live(page: str) -> list[str]:
    looker = Looker()
    # A comment that nobody ends would be held back to the last.
    looker.feed(page + "-->" if "<!--" in page else page)
    looker.close()
    return looker.live


@pytest.mark.parametrize("text", [text for text in ALIVE if text.startswith(("<", '"', "'"))])
def test_control_the_look_finds_what_is_not_escaped(text: str) -> None:
    assert live(f"<p title='{text}' class=\"{text}\">{text}</p>")


# --- Everywhere

READERS = ("lin", "clerk", "edu_handler", "fin_handler", "committee", "electing_liaison")
LISTS = (
    *("?size=100", "?print=1", "?tab=review", "?q=<script>alert(1)</script>"),
    "?deputy=%22%3E%3Cimg+src=x+onerror=alert(1)%3E&sort=due",
)


def pages(house: House, who: str) -> Iterator[str]:
    for name in EVERY:
        if MATRIX[name].get is not NO_READING:
            yield address(name, KEYS[name].named(house.ours) if name in KEYS else {})
    for query in LISTS:
        yield f"/suggestions/{query}"
    if who != "electing_liaison":
        for case in house.ours.cases.values():
            yield reverse("suggestions:case", args=[case.key])
    for form in FORMS:
        if form.who == who and "step" in (path := form.path(house)):
            yield path


def test_no_page_of_the_house_comes_alive(house: House) -> None:
    paths = {who: list(pages(house, who)) for who in READERS}
    overwrite()
    wrong: dict[Any, Any] = {}
    shown = 0
    for who in READERS:
        browser = house.browser(who)
        for path in paths[who]:
            answer = browser.get(path, follow=True)
            if answer.streaming:
                answer.getvalue()
                continue
            page = answer.content.decode()
            shown += ALIVE[0] in html.unescape(page)
            if answer.status_code >= 500 or (found := live(page)) or PRODUCT in page:
                wrong[who, path] = (answer.status_code, found, PRODUCT in page)
    assert wrong == {}
    assert shown > 50


def test_no_answer_to_a_form_comes_alive(house: House) -> None:
    """What was typed is shown again when a form is refused; so is what the house holds."""
    ready = [(form, form.filled(house), form.path(house)) for form in FORMS]
    overwrite()
    wrong: dict[str, Any] = {}
    for place, (form, said, path) in enumerate(ready):
        typed = {name: filling(TEXTS, most, place=place) for name, most in form.texts.items()}
        for once in ("", new_key()):
            browser = house.browser(form.who)
            refused = {**said, **typed, "once": once, "revision": "9" * 30}
            page = browser.post(path, refused).content.decode()
            if (found := live(page)) or PRODUCT in page:
                wrong[form.name] = found
    assert wrong == {}


def test_names_do_not_come_alive_on_paper_handed_over(house: House) -> None:
    """Slips with codes, the choice of organs for many, and the form that waited at the door."""
    chosen = [house.own("registered").key]
    person = [house.town.person("zhou").key]
    overwrite()
    clerk = house.browser("clerk")
    organ = {
        "organ_1": ALIVE[0],
        "role_1": "lead",
        "part_1": ALIVE[1],
        "next": "javascript:alert(1)",
    }
    answers = [
        clerk.post(reverse("accounts:codes"), {"person": person}),
        clerk.post(reverse("suggestions:assign_many"), {"chosen": chosen}),
        clerk.post(
            reverse("suggestions:assign_many"), {"chosen": chosen, "act": "preview", **organ}
        ),
        house.browser("stranger").post(
            "/suggestions/new/", {"title": ALIVE[0], ALIVE[1]: ALIVE[1]}
        ),
        house.browser("stranger").get("/sign-in/", {"next": '"><script>alert(1)</script>'}),
    ]
    assert [live(answer.content.decode()) for answer in answers] == [[]] * len(answers)


def test_a_program_is_told_in_json_that_no_browser_shows_as_a_page(house: House) -> None:
    form = next(form for form in FORMS if form.name == "suggestions:autosave")
    said = {**form.filled(house), "revision": "9", "title": ALIVE[0]}
    answer = sent(house, form, said)
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert json.loads(answer.content)["code"] == "stale"


def test_the_list_exported_holds_the_attacks_as_text(house: House) -> None:
    overwrite()
    titles = set(
        Suggestion.objects.filter(congress=house.town.congress).values_list("title", flat=True)
    )
    csv = house.browser("clerk").get("/suggestions/", {"export": "csv"})
    body = csv.getvalue().decode("utf-8-sig")
    assert sum(title.split("·")[0].replace('"', '""') in body for title in titles) > 15
    assert csv["Content-Disposition"].startswith("attachment;")
    assert csv["Content-Type"].startswith("text/csv")
