"""Queries: what a tree means, that nobody sees more by one, that nothing undeclared comes in."""

from __future__ import annotations

import json
import os
import re
import time
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Invalid
from huiyin.organisations.models import Organ
from huiyin.promises.models import Promise
from huiyin.reporting.models import SavedQuery
from huiyin.reporting.queries import crossing, running, saving
from huiyin.reporting.queries.conditions import Asking, operators_of
from huiyin.reporting.queries.crossing import crossable
from huiyin.reporting.queries.examples import EXAMPLES
from huiyin.reporting.queries.fields import FIELDS, FieldKind
from huiyin.reporting.queries.running import TookTooLong, bounded
from huiyin.reporting.queries.tree import BadQuery, Condition, Group, read, written
from huiyin.reporting.queries.views import link
from huiyin.reporting.queries.words import sentence
from huiyin.reporting.tests.naive import facts, fits, may_know_of, trees
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.tests.cases import HunanStory, Reader, town_of_pages
from huiyin.suggestions.tests.situations import SITUATIONS
from huiyin.ui.lists import Context

pytestmark = pytest.mark.django_db

READERS = ("clerk", "leader", "lin", "zhao", "zhou", "electing_liaison")
TOLD = (
    *("draft, a co-signer invited", "submitted, others asked to review", "closed", "withdrawn"),
    *("in handling, both acknowledged", "replied", "replied, refused again"),
    *("in handling, a contact waits", "in handling, refused twice"),
)
ROW = re.compile(r'<a class="words" href="/suggestions/([\w-]{22})/"')
SOME = Group(
    "all",
    (
        Condition("stage", "is", ("closed", "replied")),
        Group("any", (Condition("result", "is", ("NS",)), Condition("class_group", "is", ("C",)))),
    ),
)
property_of_rows = settings(
    max_examples=int(os.environ.get("HUIYIN_QUERIES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


@pytest.fixture
def told(town: Town) -> Town:
    """A town in which something has happened."""
    for number, name in enumerate(TOLD):
        case = SITUATIONS[name](HunanStory(town, title=f"关于第{number}条公路的建议")).case
        given: dict[str, Any] = {"category": ("education", "health", "")[number % 3]}
        Suggestion.objects.filter(pk=case.pk).update(**given, wants_no_reply=number % 4 == 0)
    for number, part in enumerate(Assignment.objects.filter(stage="replied")):
        Promise.objects.create(
            congress=town.congress,
            suggestion=part.suggestion,
            assignment=part,
            organ=part.organ,
            made_on=TODAY,
            due_on=TODAY if number else None,
            kind="this_year",
            outcome_class="A2",
            sentence="年内完成",
            postponed=number,
        )
    return town


@pytest.fixture
def few(town: Town) -> Town:
    """A town with one case that waits, one that was answered and one that is closed."""
    for number, name in enumerate(("submitted, others asked to review", "replied", "closed")):
        SITUATIONS[name](HunanStory(town, title=f"关于第{number}条公路的建议"))
    return town


def asking_of(town: Town, who: str) -> Asking:
    request: Any = RequestFactory().get("/")
    request.actor, request.today = town.actor(who), TODAY
    return Asking(Context(actor=request.actor, today=TODAY, request=request))


def keys(answer: Any) -> set[str]:
    assert answer.status_code == 200
    return set(ROW.findall(answer.content.decode()))


# --- What a tree means, and for whom


def test_a_query_finds_what_it_says_and_nothing_out_of_sight(told: Town) -> None:
    """Random trees against rows looked at one by one; every row within the reader's sight."""
    cases = list(Suggestion.objects.select_related("lead__person", "lead__delegation", "session"))
    askings = {who: asking_of(told, who) for who in READERS}
    known: dict[str, dict[int, dict[str, list[Any]]]] = {}
    for who, asking in askings.items():
        actor = asking.context.actor
        assert actor is not None
        seen = [case for case in cases if may_know_of(actor, case)]
        known[who] = {case.pk: facts(case, actor) for case in seen}
    organs = list(Organ.objects.values_list("key", flat=True)[:4])
    met: set[int] = set()

    @given(tree=trees(organs), who=st.sampled_from(READERS))
    @property_of_rows
    def compare(tree: Group, who: str) -> None:
        found = set(running.suggestions(tree, askings[who]).values_list("pk", flat=True))
        expected = {pk for pk, facts_of in known[who].items() if fits(facts_of, tree)}
        assert found == expected, sentence(tree, askings[who])
        met.update(found)

    compare()
    assert len(met) > 5
    assert len({frozenset(seen) for seen in known.values()}) > 2


@given(tree=trees(["A" * 22]))
@settings(max_examples=50, deadline=None)
def test_an_address_gives_the_query_back(tree: Group) -> None:
    assert read(written(tree)) == tree


def test_every_field_and_operator_can_be_asked(town: Town) -> None:
    asking = asking_of(town, "clerk")
    for field in FIELDS.values():
        values = {
            FieldKind.CHOICE: next(iter(asking.offer(field)), ""),
            FieldKind.DAY: "2020-03-02",
            FieldKind.NUMBER: "2",
            FieldKind.TEXT: "公路",
            FieldKind.YES: "",
        }
        for op in operators_of(field):
            asked = Group("all", (Condition(field.key, op, (values[field.kind],)),))
            assert running.suggestions(asked, asking).count() >= 0
            said = sentence(asked, asking)
            assert str(field.label) in said and str(operators_of(field)[op]) in said


# --- What is refused


@pytest.mark.parametrize(
    "text",
    [
        *('{"all":[["title__regex","has","x"]]}', '{"all":[["password","is","x"]]}'),
        *('{"all":[["title","raw","x"]]}', '{"all":[["stage","ge","1"]]}'),
        *('{"sql":["1=1"]}', '{"all":"1=1"}', '{"all":[1]}', '{"all":[["title"]]}', "[]", "{"),
        *('{"all":[["title","has","a\\u0000b"]]}', '{"all":[["title","has","\\ud800"]]}'),
        json.dumps({"all": [["title", "has", "x"]] * 33}),
        json.dumps({"all": [["title", "has", "x" * 61]]}),
        '{"all":[' * 6 + "]}" * 6,
        "[" * 3000,
        "x" * 6001,
    ],
)
def test_what_is_not_declared_is_refused(town: Town, text: str) -> None:
    asking = asking_of(town, "clerk")
    with pytest.raises(BadQuery):
        asking.q(read(text))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("stage", "is"), "尚未填写"),
        (Condition("stage", "is", ("' OR 1=1 --",)), "没有这个选项"),
        (Condition("due_on", "from", ("2020-02-31",)), "不是日历上的日期"),
        (Condition("round", "ge", ("1;",)), "不是可以比较的数字"),
        (Condition("round", "ge", ("１",)), "不是可以比较的数字"),
        (Condition("round", "ge", ("99999",)), "不是可以比较的数字"),
        (Condition("title", "has", ("a", "b")), "只能与一个值比较"),
    ],
)
def test_what_cannot_be_compared_is_named(town: Town, condition: Condition, words: str) -> None:
    asking = asking_of(town, "clerk")
    assert words in asking.fault(condition)
    with pytest.raises(BadQuery, match=words):
        asking.q(Group("all", (condition,)))


def test_a_value_is_never_more_than_a_value(town: Town) -> None:
    case = HunanStory(town, title="关于100%_'通达的建议").submitted().case
    HunanStory(town, title="关于公路的建议").submitted()
    asking = asking_of(town, "clerk")
    for words, expected in (("%_'", 1), ("0%", 1), ("' OR ''='", 0), ("%", 1), ("\\", 0)):
        asked = Group("all", (Condition("title", "has", (words,)),))
        found = running.suggestions(asked, asking)
        assert found.count() == expected, words
        assert all(row.pk == case.pk for row in found)


def test_what_takes_too_long_is_broken_off_with_advice(town: Town) -> None:
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT COUNT(*) FROM n WHERE x < 0"
    )
    began = time.monotonic()
    with (
        pytest.raises(TookTooLong, match=r"0\.2 秒") as caught,
        transaction.atomic(),
        bounded(seconds=0.2),
        connection.cursor() as cursor,
    ):
        cursor.execute(endless)
    assert time.monotonic() - began < 5
    assert "缩小范围" in str(caught.value.remedy)
    assert Suggestion.objects.count() == 0, "the connection goes on"


# --- Cross-tables


def test_every_cell_opens_exactly_its_rows(told: Town) -> None:
    clerk, asking = Reader(told, "clerk"), asking_of(told, "clerk")
    opened = 0
    everything = Group()
    pairs = [("organ", "stage"), ("category", "raised"), ("contact_form", "result")]
    for group, (down, across) in zip((everything, SOME, everything), pairs, strict=True):
        table = crossing.cross(
            group, down=down, across=across, asking=asking, link=lambda each: link("list", each)
        )
        for line in (*table.lines, table.totals):
            for cell in (*line.cells, line.total):
                if cell.count:
                    assert len(keys(clerk.client.get(cell.url))) == cell.count, cell.url
                    opened += 1
        assert table.totals.total.count == running.suggestions(group, asking).count()
        if table.adds_up:
            for at, total in enumerate(table.totals.cells):
                assert sum(line.cells[at].count for line in table.lines) == total.count
    assert opened > 20


def test_tables_that_make_no_sense_are_refused(town: Town) -> None:
    asking = asking_of(town, "clerk")
    for down, across in (
        *(("stage", "stage"), ("title", "stage"), ("stage", "organ"), ("light", "stage")),
        ("stage", "nothing"),
    ):
        with pytest.raises(BadQuery):
            crossing.cross(Group(), down=down, across=across, asking=asking, link=str)


def test_a_table_of_nothing_says_so(town: Town) -> None:
    answer = Reader(town, "zhou").client.get(reverse("reporting:queries:cross"))
    assert "没有符合条件的建议" in answer.content.decode()


# --- The pages


def press(reader: Reader, page: str, do: str, **said: Any) -> str:
    """Press a button of the form as it stands on the page, and return the next page."""
    tree = re.search(r'<input type="hidden" name="tree" value="([^"]*)"', page)
    assert tree is not None
    form = {"tree": unescape(tree[1])}
    answer = reader.client.get(
        reverse("reporting:queries:builder"), {**form, "do": do, **said}, follow=True
    )
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_query_is_put_together_by_buttons_alone(town: Town) -> None:
    clerk = Reader(town, "clerk")
    page = clerk.client.get(reverse("reporting:queries:builder")).content.decode()
    organ = town.education.key
    page = press(clerk, page, "add-", **{"field-": "organ"})
    assert "尚未填写" in page
    page = press(
        clerk, page, "add-", **{"op-0": "is", "value-0": organ, "field-": "result", "join-": "all"}
    )
    # What is wrong stays as it was typed, beside what is wrong with it.
    page = press(clerk, page, "bracket-1", **{"op-1": "is", "value-1": "NS"})
    page = press(clerk, page, "add-1", **{"field-1": "due_on"})
    page = press(clerk, page, "show", **{"op-1.1": "from", "value-1.1": "2020-02-31"})
    assert "不是日历上的日期" in page and 'value="2020-02-31"' in page
    page = press(clerk, page, "remove-1.1")
    page = press(clerk, page, "add-1", **{"field-1": "class_group"})
    page = press(clerk, page, "show", **{"op-1.1": "is", "value-1.1": ["C"]})
    assert "承办单位是省教育厅，且（办理结果是不满意，或答复大类是C类）" in page
    page = press(clerk, page, "unbracket-1")
    assert "且办理结果是不满意，且答复大类是C类" in page


def test_a_shared_address_holds_the_query_and_each_sees_his_own(few: Town) -> None:
    group = Group("all", (Condition("stage", "is", ("closed", "replied")),))
    url, every = link("list", group), set(Suggestion.objects.values_list("key", flat=True))
    seen = {who: keys(Reader(few, who).client.get(url)) for who in ("clerk", "lin", "zhou")}
    assert seen["clerk"] < every and seen["clerk"] and not seen["zhou"]
    for who, found in seen.items():
        expected = running.suggestions(group, asking_of(few, who))
        assert found == set(expected.values_list("key", flat=True)), who


def test_the_workbook_holds_the_list_and_says_its_query(few: Town) -> None:
    clerk = Reader(few, "clerk")
    group = Group("all", (Condition("stage", "is", ("closed",)),))
    shown = keys(clerk.client.get(link("list", group)))
    answer: Any = clerk.client.get(f"{link('list', group)}&export=csv")
    assert answer.getvalue().decode("utf-8-sig").count("\r\n") == len(shown) + 1
    book: Any = clerk.client.get(f"{link('list', group)}&export=xlsx")
    with ZipFile(BytesIO(book.getvalue())) as parts:
        about = parts.read("xl/worksheets/sheet2.xml").decode()
    assert f"查询条件：{sentence(group, asking_of(few, 'clerk'))}" in about


def test_every_example_can_be_asked_and_changed(few: Town) -> None:
    clerk = Reader(few, "clerk")
    page = clerk.client.get(reverse("reporting:queries:builder")).content.decode()
    for example in EXAMPLES:
        assert str(example.label) in page
        shown = clerk.client.get(link("builder", example.group))
        assert "query-bad" not in shown.content.decode()
        assert clerk.client.get(link("list", example.group)).status_code == 200


def test_a_broken_address_is_told_and_not_asked(town: Town) -> None:
    clerk = Reader(town, "clerk")
    for name in ("builder", "list", "cross"):
        url = reverse(f"reporting:queries:{name}")
        assert clerk.client.get(url, {"tree": '{"all":[["a","b"]]}'}).status_code == 400
    assert (
        clerk.client.get(link("list", Group("all", (Condition("stage", "is"),)))).status_code == 400
    )


# --- Under a name


def test_kept_queries_are_ones_own_or_offered_to_the_congress(town: Town) -> None:
    clerk, leader = Reader(town, "clerk"), Reader(town, "leader")
    url = reverse("reporting:queries:save")
    said = {"tree": written(SOME), "name": " 不满意的 "}
    clerk.client.post(url, said)
    kept = SavedQuery.objects.get()
    assert (kept.name, kept.shared, kept.version) == ("不满意的", False, 1)
    opened = reverse("reporting:queries:opened", args=[kept.key])
    assert leader.client.get(opened).status_code == 404
    # The same name again replaces it.
    clerk.client.post(url, {**said, "shared": "1"})
    assert SavedQuery.objects.count() == 1
    answer = leader.client.get(opened)
    assert read(parse_qs(urlsplit(answer["Location"]).query)["tree"][0]) == SOME
    page = leader.client.get(reverse("reporting:queries:builder")).content.decode()
    assert "不满意的" in page
    forget = reverse("reporting:queries:forget", args=[kept.key])
    assert forget not in page
    assert leader.client.post(forget).status_code == 404
    town_next_door = town.neighbour()
    SavedQuery.objects.update(congress=town_next_door)
    assert leader.client.get(opened).status_code == clerk.client.get(opened).status_code == 404
    SavedQuery.objects.update(congress=town.congress)
    assert clerk.client.post(forget).status_code == 302
    assert not SavedQuery.objects.exists()


def test_what_cannot_be_kept_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = town.actor("clerk")
    for name in ("", "长" * 61, "a\nb\x07"):
        with pytest.raises(Invalid):
            saving.save(actor=actor, at=NOW, name=name, group=SOME, shared=False)
    with pytest.raises(Invalid):
        saving.save(actor=actor, at=NOW, name="空", group=Group(), shared=False)
    kept = saving.save(actor=actor, at=NOW, name="一", group=SOME, shared=False)
    monkeypatch.setattr(saving, "MOST", 1)
    assert (
        Reader(town, "clerk")
        .client.post(reverse("reporting:queries:save"), {"tree": written(SOME), "name": "二"})
        .status_code
        == 409
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedQuery.objects.create(
            owner=actor.person, congress=town.congress, name="一", tree={}, version=1, saved_at=NOW
        )
    SavedQuery.objects.filter(pk=kept.pk).update(version=2)
    opened = reverse("reporting:queries:opened", args=[kept.key])
    assert Reader(town, "clerk").client.get(opened).status_code == 400


def test_fields_of_a_table_are_those_with_choices() -> None:
    assert {"organ", "stage", "delegation", "class"} <= {field.key for field in crossable()}
    assert not {"title", "light", "set", "due_on"} & {field.key for field in crossable()}
