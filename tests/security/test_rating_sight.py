"""No organ writes a rating, sees it before it is final, or ever reads what was said beside it.

Every address of the house for every post of an organ, with words in the rating that stand nowhere
else; and every step there is, tried on the rated case by each of those posts (M7, T065).
"""

from __future__ import annotations

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
from huiyin.suggestions.models import Rating, Suggestion
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.steps import STEPS
from huiyin.suggestions.tests.situations import follow_national
from tests.security.addresses import EVERY, KEYS, address
from tests.security.house import House
from tests.security.test_matrix import MATRIX, NO_READING, let_go

ORGANS = (
    *("edu_liaison", "edu_handler", "edu_checker", "edu_head"),
    *("fin_liaison", "fin_handler", "party_liaison"),
)
# Others who may see the case, and are not to see an open rating either.
OTHERS = ("leader", "government_clerk", "zhao")
# One post of the organ that answers, of one that handles with it, of one that has no part in it.
ONE_EACH = ("edu_liaison", "fin_handler", "party_liaison")
REASON, NOTE = "金丝雀评价理由", "金丝雀密告内容"
LISTS = ("?result=S", "?attitude=S", "?first_result=S", "?tab=closed", "?set=fed_back", "?q=金丝雀")


def rated(house: House) -> Suggestion:
    """Rated well in the deputy's own session, and open to be changed for five days."""
    follow_national(house.town, {"feedback.change_limit": "5 days"})
    case = house.own("replied")
    services.rate(
        case=case,
        actor=house.town.actor("lin"),
        at=NOW,
        attitude="S",
        result="S",
        comment=REASON,
        note=NOTE,
    )
    return house.own("replied")


def pages(house: House, case: Suggestion) -> Iterator[str]:
    """Every address that can be read, those with a key at this case and its part."""
    part = case.assignments.get(organ=house.town.education).key
    own = {"case": case.key, "part": part}
    for name in EVERY:
        if MATRIX[name].get is not NO_READING:
            keys = KEYS[name].named(house.ours) if name in KEYS else {}
            if name in KEYS and KEYS[name].of in own:
                keys["key"] = own[KEYS[name].of]
            yield address(name, keys)
    for kind, ending in product(LetterKind, Ending):
        yield reverse("suggestions:document", args=[part, kind, ending])
    for asked, form in product(LISTS, ("", "&export=csv", "&export=xlsx")):
        yield f"{reverse('suggestions:list')}{asked}{form}"
    yield from (place(case.key, part, table, name) for table, name in STEPS)


def place(case: str, part: str, table: str, name: str) -> str:
    """Where a step is taken."""
    if table == Table.SUGGESTION:
        return reverse("suggestions:step", args=[case, name])
    return reverse("suggestions:part_step", args=[part, name])


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


def found(house: House, case: Suggestion, who: str, *words: str) -> set[tuple[str, str]]:
    """Where the reader comes upon any of the words."""
    browser = house.browser(who)
    seen = set()
    for path in pages(house, case):
        with transaction.atomic():
            page = read(browser, path)
            transaction.set_rollback(True)
        seen |= {(path, word) for word in words if word in page}
    return seen


@pytest.mark.parametrize("who", (*ORGANS, *OTHERS))
def test_nobody_but_deputy_and_office_comes_upon_an_open_rating(house: House, who: str) -> None:
    case = rated(house)
    assert found(house, case, who, REASON, NOTE) == set()
    # Nor do the numbers of the lists tell it was given.
    counted = house.browser(who).get(reverse("suggestions:list"), {"result": "S"})
    assert case.title not in counted.content.decode()


@pytest.mark.parametrize("who", ["lin", "clerk"])
def test_control_deputy_and_office_come_upon_it(house: House, who: str) -> None:
    case = rated(house)
    words = {word for _path, word in found(house, case, who, REASON, NOTE)}
    assert words == {REASON, NOTE}


@pytest.mark.parametrize("who", ONE_EACH)
def test_final_the_organs_read_it_and_never_the_note(house: House, who: str) -> None:
    case = rated(house)
    assert services.settle_ratings(at=NOW + timedelta(days=6)) >= 1
    words = {word for _path, word in found(house, case, who, REASON, NOTE)}
    assert words == ({REASON} if who != "party_liaison" else set())


@pytest.mark.parametrize(
    ("who", "when"),
    [(who, "open") for who in ORGANS]
    + [(who, when) for who in ONE_EACH for when in ("to be rated", "final")],
)
def test_no_step_of_an_organ_touches_a_rating(house: House, who: str, when: str) -> None:
    case = house.own("replied") if when == "to be rated" else rated(house)
    if when == "final":
        services.settle_ratings(at=NOW + timedelta(days=6))
        case = house.own("replied")
    part = case.assignments.get(organ=house.town.education)
    before = list(Rating.objects.order_by("pk").values())
    browser = house.browser(who)
    for table, name in STEPS:
        path = place(case.key, part.key, table, name)
        said = {
            "once": new_key(),
            "revision": str(case.revision),
            "attitude": "VS",
            "result": "S",
            "comment": "很满意",
            "rated_on": "2020-03-02",
            "reason": "已办妥",
            "scan": ContentFile(files.png(), name="评价表.png"),
        }
        with transaction.atomic():
            answer = browser.post(path, said)
            after = list(Rating.objects.order_by("pk").values())
            transaction.set_rollback(True)
        assert after == before, name
        if name in ("rate", "change_rating", "enter_rating", "rate_beside", "report_pressure"):
            assert answer.status_code in (403, 404), name
