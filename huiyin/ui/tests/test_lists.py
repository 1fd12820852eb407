from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.db.models import F
from django.utils.html import escape

from huiyin.kernel.errors import Invalid
from huiyin.ui import lists
from huiyin.ui.models import SavedView
from huiyin.ui.tests import sample

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "sort=position",
        "sort=name__startswith",
        "sort=--name",
        "tab=other",
        "name__startswith=a",
        "role__in=clerk",
        "q=%00",
        "q=a%0Ab",
        "q=" + "a" * 201,
        "role=nobody",
        "place=1&place=9",
        "role=clerk&role=deputy",
        "sort=name&sort=place",
        "since=2020-02-30",
        "since=yesterday",
        "shared=maybe",
        "size=21",
        "size=0",
        "size=9999999999",
        "after=a&before=b",
        "Robert%27);--=1",
    ],
)
def test_what_is_not_on_the_list_of_parameters_is_refused(town, query):
    with pytest.raises(lists.BadAddress) as refused:
        _ = sample.page(query).rows
    assert refused.value.status == 400


def test_parameters_of_others_have_no_effect(town):
    sample.views(town.congress, [1, 2])
    shown = sample.page("utm=5&sort=-name")
    assert sample.names(shown) == ["view 0001", "view 0000"]
    assert "utm" not in shown.reset_url


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["view 0000", "view 0001", "view 0002"]),
        ("tab=low", ["view 0001"]),
        ("place=3&place=2", ["view 0000", "view 0002"]),
        ("says=0002", ["view 0002"]),
        ("q=0001", ["view 0001"]),
        ("shared=1", []),
        ("shared=0&tab=low", ["view 0001"]),
        ("role=", ["view 0000", "view 0001", "view 0002"]),
    ],
)
def test_filters_narrow(town, query, expected):
    sample.views(town.congress, [2, 1, 3])
    assert sample.names(sample.page(query)) == expected


def test_each_chip_takes_away_only_itself(town):
    shown = sample.page("place=1&place=2&q=view&tab=low&sort=-name&after=")
    assert [str(chip.text) for chip in shown.chips] == ["first", "second", "view"]
    first, _second, search = shown.chips
    assert first.off_url == "/sample/?tab=low&q=view&place=2&sort=-name"
    assert search.off_url == "/sample/?tab=low&place=1&place=2&sort=-name"
    assert shown.reset_url == "/sample/?tab=low&sort=-name"


def test_tabs_are_counted_in_what_is_filtered(town):
    sample.views(town.congress, [0, 1, 2, 3, 3])
    shown = sample.page("place=1&place=3")
    assert [(facet.label, facet.count) for facet in shown.facets] == [
        ("All", "3"),
        ("Low", "1"),
        ("Uncounted", ""),
    ]
    assert [facet.active for facet in shown.facets] == [True, False, False]
    assert shown.facets[1].url == "/sample/?tab=low&place=1&place=3"


def test_counting_stops_at_a_thousand(town, django_assert_num_queries):
    sample.views(town.congress, [1] * 1200)
    with django_assert_num_queries(1) as captured:
        counts = [facet.count for facet in sample.page().facets]
    assert counts == ["1000+", "1000+", ""]
    assert captured.captured_queries[0]["sql"].count("LIMIT 1001") == 2


def test_a_search_looks_once_and_then_at_what_it_found(town, django_assert_num_queries):
    sample.views(town.congress, [0, 1, 2, 3])
    SavedView.objects.filter(position__gt=1).update(name=F("position"))
    page = sample.page("q=view")
    with django_assert_num_queries(3) as captured:
        shown = [row.row.name for row in page.rows]
        counts = [facet.count for facet in page.facets]
    assert (shown, counts) == (["view 0000", "view 0001"], ["2", "2", ""])
    searching = [query for query in captured.captured_queries if "%view%" in query["sql"]]
    assert len(searching) == 1


def test_a_search_that_finds_too_many_counts_no_tab_but_the_whole(town):
    sample.views(town.congress, [1] * 1200)
    shown = sample.page("q=view")
    assert [facet.count for facet in shown.facets] == ["1000+", "", ""]
    assert shown.count_words == "1000+"
    assert len(shown.rows) == 20
    assert sample.page("q=view&tab=low").count_words == "1000+"


def test_counts_are_kept_while_their_basis_stays(town, django_assert_num_queries):
    basis = ["one"]
    spec = replace(sample.SPEC, basis=lambda _context: basis[0])
    lin, zhao = town.actor("lin"), town.actor("zhao")

    def counts(query: str = "", *, actor: Any = lin) -> list[str]:
        request = sample.request(query, actor=actor)
        page = lists.ListPage(spec, request, SavedView.objects.select_related("congress"))
        return [facet.count for facet in page.facets]

    sample.views(town.congress, [1, 2])
    assert counts() == ["2", "1", ""]
    sample.views(town.congress, [1], list_name="another")
    with django_assert_num_queries(0):
        assert counts() == counts("sort=-name") == counts("tab=low") == ["2", "1", ""]
    # Another reader, another question, another basis: none of them is given what was kept.
    assert counts(actor=zhao) == counts("q=view") == ["3", "2", ""]
    assert counts("place=1") == ["2", "2", ""]
    basis[0] = "two"
    assert counts() == ["3", "2", ""]


@pytest.mark.parametrize("rows", [10, 200])
def test_the_number_of_queries_does_not_grow_with_rows(
    town, rows, registry, django_assert_num_queries
):
    sample.views(town.congress, [1] * rows)
    request = sample.request("size=100", actor=town.actor("lin"))
    # Rows, the tabs' counts, saved views.
    with django_assert_num_queries(3) as captured:
        lists.respond(request, sample.SPEC, SavedView.objects.select_related("congress"))
    sql = " ".join(query["sql"] for query in captured.captured_queries)
    assert "OFFSET" not in sql


def test_cells_are_escaped_and_drawn_by_path_and_callable(town):
    sample.views(town.congress, [7])
    answer: Any = lists.respond(sample.request(), sample.SPEC, SavedView.objects.all())
    page = answer.content.decode()
    assert "view 0000" in page
    assert "&lt;7&gt;" in page
    assert escape(town.congress.name) in page


def test_a_heading_turns_the_order_round(town):
    name, place = sample.page().headings[:2]
    assert (name.direction, name.url) == ("ascending", "/sample/?sort=-name")
    assert (place.direction, place.url) == ("", "")
    assert sample.page("sort=-name").headings[0].url == "/sample/"


def test_the_workbook_holds_every_filtered_row_and_no_formula(town):
    sample.views(town.congress, [1] * 30 + [2])
    SavedView.objects.filter(name="view 0000").update(query="=1+1")
    answer: Any = lists.respond(
        sample.request("place=1&size=20&export=xlsx"), sample.SPEC, SavedView.objects.all()
    )
    book: Any = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("Name", "Congress", "Query")
    assert len(rows) == 31
    assert rows[1] == ("view 0000", town.congress.name, "'=1+1")
    assert "Samples-20200302.xlsx" in answer["Content-Disposition"]
    answer.close()


def test_the_csv_opens_in_chinese_excel(town):
    sample.views(town.congress, [1, 2])
    answer: Any = lists.respond(
        sample.request("export=csv&sort=-name"), sample.SPEC, SavedView.objects.all()
    )
    text = b"".join(answer.streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Name", "view 0001", "view 0000"]


def test_an_unknown_export_is_refused(town):
    with pytest.raises(lists.BadAddress):
        lists.respond(sample.request("export=exe"), sample.SPEC, SavedView.objects.all())


def test_print_shows_all_rows_on_one_page(town):
    sample.views(town.congress, [1] * 30)
    answer: Any = lists.respond(sample.request("print=1"), sample.SPEC, SavedView.objects.all())
    page = answer.content.decode()
    assert "view 0029" in page
    assert 'class="masthead"' not in page


def test_links_behind_numbers_name_only_what_the_list_has():
    made = lists.link(sample.SPEC, "/sample/", tab="low", place=("1", "2"), sort="-place")
    assert made == "/sample/?tab=low&place=1&place=2&sort=-place"
    for wrong in ({"organ": "x"}, {"tab": "x"}, {"sort": "position"}):
        with pytest.raises(ValueError, match=r"sample"):
            lists.link(sample.SPEC, "/sample/", **wrong)


def test_chosen_rows_come_once_each(rf):
    made = rf.post("/", {"chosen": ["a", "b", "a", ""]})
    assert lists.chosen(made) == ["a", "b"]
    with pytest.raises(Invalid):
        lists.chosen(rf.post("/", {}))
    with pytest.raises(Invalid):
        lists.chosen(rf.post("/", {"chosen": [f"k{number}" for number in range(201)]}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"default_sort": "other"},
        {"name": "Sample"},
        {"filters": (lists.Filter(key="sort", label="x", kind="text", field="name"),)},
        {"filters": (lists.Filter(key="a__b", label="x", kind="text", field="name"),)},
    ],
)
def test_a_description_that_contradicts_itself_does_not_import(wrong):
    given: dict[str, Any] = {
        "name": "sample",
        "title": "x",
        "columns": (),
        "sorts": (lists.Sort(key="name", label="Name", field="name"),),
        "default_sort": "name",
    }
    lists.ListSpec(**given)
    with pytest.raises(ValueError, match=r".+"):
        lists.ListSpec(**{**given, **wrong})
