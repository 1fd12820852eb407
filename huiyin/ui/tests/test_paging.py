from __future__ import annotations

import base64
import json

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.ui import lists
from huiyin.ui.lists import paging
from huiyin.ui.models import SavedView
from huiyin.ui.tests import sample

pytestmark = pytest.mark.django_db

SORTS = ["name", "-name", "place", "-place", "maybe", "-maybe"]


def query_of(url: str) -> str:
    return url.partition("?")[2]


def walk(order: paging.Order, *, size: int, after: str = "", before: str = "") -> list[str]:
    """The names on every page from a place on, each page in its own order, pages as met."""
    names: list[str] = []
    for _ in range(60):
        page = paging.cut(SavedView.objects.all(), order, size=size, after=after, before=before)
        found = [row.name for row in page.rows]
        names = found + names if before else names + found
        if not (page.has_previous if before else page.has_next):
            return names
        assert len(found) == size
        if before:
            before = paging.cursor(page.rows[0])
        else:
            after = paging.cursor(page.rows[-1])
    raise AssertionError("the walk does not end")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    # Several pages, and several rows of each value: what ties and borders are made of.
    places=st.lists(st.integers(0, 3), min_size=6, max_size=20),
    sort=st.sampled_from(SORTS),
    size=st.integers(1, 5),
)
def test_each_row_is_met_once_forwards_and_backwards(town, places, sort, size):
    SavedView.objects.all().delete()
    sample.views(town.congress, places)
    chosen = sample.SPEC.sort_named(sort)
    assert chosen is not None
    order = paging.Order(sort=chosen, descending=sort.startswith("-"))
    whole = list(order.applied(SavedView.objects.all()))
    expected = [row.name for row in whole]

    assert walk(order, size=size) == expected
    assert walk(order, size=size, before=paging.cursor(whole[-1])) == expected[:-1]


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_the_plain_one(town, sort):
    """By value, then by age of the row, both turned round together; without value last."""
    made = sample.views(town.congress, [2, 0, 1, 2, 0, 1])
    key = {
        "name": lambda row: row.name,
        "place": lambda row: row.position,
        "maybe": lambda row: row.position,
    }[sort.removeprefix("-")]
    falling = sort.startswith("-")
    expected = sorted(made, key=lambda row: (key(row), row.pk), reverse=falling)
    if sort.endswith("maybe"):
        expected = sorted(expected, key=lambda row: row.position == 0)
    assert [row.row.pk for row in sample.page(f"sort={sort}").rows] == [row.pk for row in expected]


def test_the_links_of_the_pages_lead_there_and_back(town):
    sample.views(town.congress, [1] * 47)
    first = sample.page()
    second = sample.page(query_of(first.next_url))
    third = sample.page(query_of(second.next_url))
    assert (first.is_first, first.previous_url) == (True, "")
    assert sample.names(third) == [f"view {number:04}" for number in range(40, 47)]
    assert third.next_url == ""
    again = sample.page(query_of(third.previous_url))
    assert sample.names(again) == sample.names(second)
    assert again.next_url == second.next_url
    start = sample.page(query_of(again.previous_url))
    assert sample.names(start) == sample.names(first)
    assert (start.previous_url, start.next_url) == ("", first.next_url)


@pytest.mark.parametrize(("sort", "first"), [("maybe", [1, 2, 0]), ("-maybe", [2, 1, 0])])
def test_rows_without_value_come_last_in_both_directions(town, sort, first):
    sample.views(town.congress, [0, 2, 1])
    assert [row.row.position for row in sample.page(f"sort={sort}").rows] == first


def test_a_row_added_before_the_place_does_not_shift_the_next_page(town):
    sample.views(town.congress, [1] * 25)
    onward = query_of(sample.page().next_url)
    SavedView.objects.create(
        person_key="owner", congress=town.congress, list_name="sample", name="aaa"
    )
    assert sample.names(sample.page(onward))[0] == "view 0020"


def test_a_place_whose_row_is_gone_begins_at_the_start(town):
    made = sample.views(town.congress, [1] * 25)
    url = sample.page().next_url
    made[19].delete()
    assert sample.names(sample.page(query_of(url)))[0] == "view 0000"


def test_the_address_names_no_primary_key(town):
    made = sample.views(town.congress, [1] * 25)
    token = QueryDict(query_of(sample.page().next_url))["after"]
    text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    assert json.loads(text) == ["view 0019", made[19].key]


def token(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "bad",
    [
        "%",
        "abc",
        token("x"),
        token([1]),
        token([{}, "key"]),
        token(["a", 5]),
        token(["a\x00", "key"]),
        token(["\ud800", "key"]),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
        "x" * 3000,
    ],
)
def test_a_token_of_ones_own_making_is_refused(town, bad):
    sample.views(town.congress, [1])
    with pytest.raises(lists.BadAddress):
        _ = sample.page(f"after={bad}").rows


def test_a_value_that_does_not_fit_the_order_is_refused(town):
    [view] = sample.views(town.congress, [1])
    with pytest.raises(lists.BadAddress):
        _ = sample.page(f"sort=place&after={token(['soon', view.key])}").rows


@settings(max_examples=60, deadline=None)
@given(value=st.one_of(st.none(), st.integers(), st.text(), st.floats(allow_nan=False)))
def test_a_cursor_reads_back_what_it_was_made_of(value):
    row = SavedView(key="k" * 22)
    setattr(row, paging.VALUE, value)
    try:
        text = f"{value}"
        text.encode()
    except UnicodeEncodeError:
        return
    if "\x00" in text:
        return
    assert paging._read(paging.cursor(row)) == (value, row.key)
