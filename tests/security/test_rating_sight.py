"""No organ writes a rating, sees it before it is final, or ever reads what was said beside it.

Every address of the house for every post of an organ, with words in the rating that stand nowhere
else; and every step there is, tried on the rated case by each of those posts (M7, T065). Addresses,
steps, documents and lists are read from the house's own tables: a new one is looked at unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from huiyin.accounts.tests.town import NOW
from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from huiyin.suggestions import services
from huiyin.suggestions.letters.kinds import Ending, LetterKind
from huiyin.suggestions.models import OfficeNote, Rating, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.steps import STEPS
from huiyin.suggestions.tests.situations import follow_national
from huiyin.suggestions.work_lists import WORK_LISTS
from tests.security.addresses import EVERY, KEYS, address
from tests.security.house import AS_A_PROGRAM, House
from tests.security.test_matrix import let_go

LEAD_ORGAN = ("edu_liaison", "edu_handler", "edu_checker", "edu_head")
ORGANS = (*LEAD_ORGAN, "fin_liaison", "fin_handler", "party_liaison")
# Others who may see the case, and are not to see an open rating either.
OTHERS = ("leader", "government_clerk", "zhao")
REASON, NOTE = "金丝雀评价理由", "金丝雀密告内容"
LISTS = ("?q=replied", "?set=fed_back", "?tab=closed", "?q=金丝雀")
GRADE = "基本满意"
# What the deputy says of an answer, and nobody else for him but the office from paper.
JUDGED = ("rate", "change_rating", "enter_rating", "rate_beside", "report_pressure")
# New on every page, or counted up by whatever is done to the case.
_MADE = re.compile(r'name="(csrfmiddlewaretoken|once|revision)" value="[^"]*"')


def rated(house: House) -> Suggestion:
    """Rated in the deputy's own session, and open to be changed for five days."""
    follow_national(house.town, {"feedback.change_limit": "5 days"})
    services.rate(
        case=house.own("replied"),
        actor=house.town.actor("lin"),
        at=NOW,
        attitude="BS",
        result="BS",
        comment=REASON,
        note=NOTE,
    )
    return house.own("replied")


def settled(house: House) -> Suggestion:
    rated(house)
    assert services.settle_ratings(at=NOW + timedelta(days=6)) >= 1
    return house.own("replied")


def keys_of(case: Suggestion, house: House) -> dict[str, str]:
    """The keys of the rated case, by what an address asks for."""
    part = case.assignments.get(organ=house.town.education)
    helped = case.assignments.get(organ=house.town.finance)
    return {"case": case.key, "part": part.key, "co part": helped.key}


def by_name(house: House, case: Suggestion) -> Iterator[str]:
    """Every address there is; those with a key at this case and its parts."""
    own = keys_of(case, house)
    for name in EVERY:
        keys = KEYS[name].named(house.ours) if name in KEYS else {}
        if name in KEYS and KEYS[name].of in own:
            keys["key"] = own[KEYS[name].of]
        yield address(name, keys)


def steps(house: House, case: Suggestion) -> Iterator[tuple[str, str]]:
    """Where each step there is would be taken on this case, with its name."""
    own = keys_of(case, house)
    for table, name in STEPS:
        if table == Table.SUGGESTION:
            yield reverse("suggestions:step", args=[own["case"], name]), name
        else:
            yield reverse("suggestions:part_step", args=[own["part"], name]), name


def pages(house: House, case: Suggestion) -> Iterator[str]:
    """Everything that can be asked for. A PDF says what the same document says in Word."""
    yield from by_name(house, case)
    yield from (path for path, _name in steps(house, case))
    part = keys_of(case, house)["part"]
    for kind in LetterKind:
        yield reverse("suggestions:document", args=[part, kind, Ending.WORD])
    for asked, form in product(LISTS, ("", "&export=csv")):
        yield f"{reverse('suggestions:list')}{asked}{form}"
    yield f"{reverse('suggestions:list')}{LISTS[0]}&export=xlsx"
    for name in WORK_LISTS:
        yield f"{reverse('suggestions:work_list', args=[name])}?export=xlsx"


def read(browser: Any, path: str) -> str:
    answer = browser.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    let_go(answer)
    if not body.startswith(b"PK"):
        return str(body, "utf-8", "replace")
    # What stands in a workbook or a letter stands there in the clear once it is unpacked.
    with ZipFile(BytesIO(body)) as packed:
        parts = b"".join(packed.read(name) for name in packed.namelist())
    return str(parts, "utf-8", "replace")


def read_all(house: House, who: str, paths: Iterator[str]) -> dict[str, str]:
    """What the reader gets at each address; what his reading leaves behind is taken back."""
    browser = house.browser(who, headers=AS_A_PROGRAM)
    with transaction.atomic():
        seen = {path: read(browser, path) for path in paths}
        transaction.set_rollback(True)
    return seen


def around(house: House, case: Suggestion) -> Iterator[str]:
    """Where the case itself is read or listed."""
    own = keys_of(case, house)
    yield reverse("suggestions:case", args=[own["case"]])
    yield reverse("suggestions:paper", args=[own["case"]])
    yield reverse("suggestions:deadline", args=[own["case"], "reply"])
    yield reverse("suggestions:reply", args=[own["part"]])
    yield reverse("suggestions:texts", args=[own["part"]])
    yield reverse("suggestions:letter", args=[own["part"]])
    yield reverse("suggestions:co_part", args=[own["co part"]])
    yield reverse("suggestions:document", args=[own["part"], LetterKind.CONSULTATION, "docx"])
    yield reverse("web:home")
    yield reverse("outbox:inbox")
    yield from (f"{reverse('suggestions:list')}{asked}&export=csv" for asked in LISTS)


def told(pages: dict[str, str], *words: str) -> set[tuple[str, str]]:
    """Where one comes upon any of the words."""
    return {(path, word) for path, page in pages.items() for word in words if word in page}


def exported(pages: dict[str, str], case: Suggestion) -> list[str]:
    """The line of the case in the table that is exported."""
    table = pages[f"{reverse('suggestions:list')}{LISTS[0]}&export=csv"]
    return [row for row in table.splitlines() if case.title in row]


@pytest.mark.parametrize("who", ORGANS)
def test_no_post_of_an_organ_comes_upon_an_open_rating_anywhere(house: House, who: str) -> None:
    case = rated(house)
    seen = read_all(house, who, pages(house, case))
    assert told(seen, REASON, NOTE) == set()
    assert not any(GRADE in row for row in exported(seen, case))


@pytest.mark.parametrize("who", ["edu_head", "fin_handler", "leader", "government_clerk"])
def test_an_open_rating_changes_no_line_of_any_page_about_the_case(house: House, who: str) -> None:
    """Not the words only: nothing else there tells of it either."""
    follow_national(house.town, {"feedback.change_limit": "5 days"})
    case = house.own("replied")
    before = read_all(house, who, around(house, case))
    after = read_all(house, who, around(house, rated(house)))
    assert any(case.title in page for page in before.values())
    changed = {path for path in before if _MADE.sub("", before[path]) != _MADE.sub("", after[path])}
    if who in LEAD_ORGAN:
        # A class is corrected before the rating and never after (T070): that this is not offered
        # any more is all the organ may notice.
        own = keys_of(case, house)
        changed -= {
            reverse("suggestions:case", args=[own["case"]]),
            reverse("suggestions:reply", args=[own["part"]]),
        }
    assert changed == set()


@pytest.mark.parametrize("who", ["lin", "clerk"])
def test_control_deputy_and_office_come_upon_it(house: House, who: str) -> None:
    case = rated(house)
    seen = read_all(house, who, around(house, case))
    assert {word for _path, word in told(seen, REASON, NOTE)} == {REASON, NOTE}


@pytest.mark.parametrize("who", [*ORGANS, *OTHERS])
def test_final_the_organs_of_the_case_read_it_and_never_the_note(house: House, who: str) -> None:
    """Lead and co-handler answer together; an organ without a part reads nothing of the case."""
    case = settled(house)
    seen = read_all(house, who, around(house, case))
    words = {word for _path, word in told(seen, REASON, NOTE)}
    assert words == ({REASON} if who != "party_liaison" else set())
    rows = exported(seen, case)
    assert [GRADE in row for row in rows] == ([True] if who != "party_liaison" else [])


def test_final_the_lead_organ_s_head_reads_the_note_nowhere(house: House) -> None:
    assert told(read_all(house, "edu_head", pages(house, settled(house))), NOTE) == set()


def judgements() -> tuple[list[Any], list[Any]]:
    return list(Rating.objects.order_by("pk").values()), list(OfficeNote.objects.values())


@pytest.mark.parametrize(
    ("who", "when"),
    [(who, "open") for who in ORGANS]
    + [(who, when) for who in ("edu_head", "fin_liaison") for when in ("to be rated", "final")],
)
def test_nothing_a_post_of_an_organ_sends_touches_a_rating(
    house: House, who: str, when: str
) -> None:
    made = {"to be rated": lambda: house.own("replied"), "open": lambda: rated(house)}
    case = made.get(when, lambda: settled(house))()
    before = judgements()
    browser = house.browser(who, headers=AS_A_PROGRAM)
    touched, let_in = set(), set()
    if when == "open":
        sent = [*steps(house, case), *((path, "") for path in by_name(house, case))]
    else:
        sent = [(path, name) for path, name in steps(house, case) if name in JUDGED]
    for path, name in sent:
        with transaction.atomic():
            answer = browser.post(path, _said(case))
            let_go(answer)
            if judgements() != before:
                touched.add(path)
            transaction.set_rollback(True)
        if name in JUDGED and answer.status_code not in (403, 404):
            let_in.add(name)
    assert (touched, let_in) == (set(), set())


def test_control_the_deputy_s_own_sending_is_noticed(house: House) -> None:
    case = house.own("replied")
    before = judgements()
    place = reverse("suggestions:step", args=[case.key, "rate"])
    answer = house.browser("lin", headers=AS_A_PROGRAM).post(place, _said(case))
    assert (answer.status_code, judgements() != before) == (302, True)


def _said(case: Suggestion) -> dict[str, Any]:
    """A form with everything that any form about a rating asks for."""
    return {
        "once": new_key(),
        "revision": str(case.revision),
        "attitude": "S",
        "result": "S",
        "comment": "满意",
        "rated_on": "2020-03-02",
        "reason": "已办妥",
        "happened": "有人来电",
        "scan": ContentFile(files.png(), name="评价表.png"),
    }
