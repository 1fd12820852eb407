"""Applying a list of suggestions: everything it says stands, nothing else does."""

from __future__ import annotations

import io
import time
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.imports import Act, Weight
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.documents import workbooks
from huiyin.documents.tests.files import xlsx
from huiyin.kernel.errors import NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ, Session
from huiyin.suggestions import selectors
from huiyin.suggestions.importing.apply import apply_suggestions
from huiyin.suggestions.importing.choices import Choices
from huiyin.suggestions.importing.fields import guess
from huiyin.suggestions.importing.plan import Plan, plan_suggestions
from huiyin.suggestions.importing.rows import PlainRow, rows_of
from huiyin.suggestions.models import ImportKind, Suggestion
from huiyin.suggestions.rebuild import differences

pytestmark = pytest.mark.django_db

ROW = {
    "number": "12",
    "title": "关于修建岳北新区幼儿园的建议",
    "lead": "林晓岚",
    "cosigners": "赵立新",
    "session": "省十三届人大三次会议",
    "raised_on": "2020-01-15",
    "situation": "新区三年间入住一万二千人，只有一所公办幼儿园。",
    "requests": "1.规划两所幼儿园\n2.开通接送专线",
    "lead_organ": "省教育厅",
    "co_organs": "省财政厅",
    "assigned_on": "2020-02-12",
}
REPLIED = {
    "replied_on": "2020-02-28",
    "outcome_class": "A",
    "reply_text": "1.已列入规划。\n2.今年九月开通。",
    "attitude": "满意",
    "result": "基本满意",
}


def rows(*changes: dict[str, str]) -> list[PlainRow]:
    return [
        PlainRow(number, f"第{number}行", {**ROW, **change})
        for number, change in enumerate(changes, start=2)
    ]


def plan(town: Town, listed: list[Any], **choices: Any) -> Plan:
    return plan_suggestions(
        listed,
        congress=town.congress,
        choices=Choices(**choices),
        actor=town.actor("clerk"),
        today=TODAY,
    )


def apply(town: Town, listed: list[Any], **choices: Any) -> Plan:
    return apply_suggestions(
        listed,
        mark=plan(town, listed, **choices).mark,
        congress=town.congress,
        choices=Choices(**choices),
        actor=town.actor("clerk"),
        at=NOW,
        today=TODAY,
    )


def said(done: Plan, cell: str) -> tuple[str, str]:
    verdict = done.rows[0].verdicts[cell]
    return str(verdict.said), str(verdict.remedy)


def test_an_assigned_row_stands_as_listed_and_on_record() -> None:
    town = Town()
    done = apply(town, rows({}))
    assert done.counts() == {"enter": 1, "change": 0, "keep": 0, "refuse": 0}
    case = Suggestion.objects.get()
    assert (case.number, case.stage, case.raised) == ("12", "in_handling", "in_session")
    assert (case.submitted_on, case.first_assigned_on) == (date(2020, 1, 15), date(2020, 2, 12))
    assert case.due_on == date(2020, 5, 12)
    assert [s.standing for s in case.signatures.all()] == ["lead", "confirmed"]
    asked = [each.text for each in case.versions.get().requests.all()]
    assert asked == ["规划两所幼儿园", "开通接送专线"]
    assert {(p.organ.name, p.role) for p in case.assignments.all()} == {
        ("省教育厅", "lead"),
        ("省财政厅", "co"),
    }
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []
    assert set(Entry.objects.values_list("via", flat=True)) == {"import"}
    # Nobody is said to have acted here who has not: the clerk brought it in for the deputies.
    assert set(Entry.objects.values_list("post_key", flat=True)) == {town.post("clerk").key}


def test_a_replied_and_rated_row_is_closed() -> None:
    town = Town()
    apply(town, rows(REPLIED))
    case = Suggestion.objects.get()
    assert (case.stage, case.outcome_class) == ("closed", "A")
    assert (case.attitude, case.result) == ("S", "BS")
    assert case.replied_on == date(2020, 2, 28)
    part = case.assignments.get(role="lead")
    assert [point.answer for point in part.reply_file.replies.get().points.all()] == [
        "已列入规划。",
        "今年九月开通。",
    ]
    assert case.assignments.get(role="co").stage == "stopped"
    assert list(differences()) == []


def test_not_satisfied_opens_the_next_round_where_the_rules_say_so() -> None:
    from huiyin.suggestions.tests.situations import follow_hunan

    town = Town()
    follow_hunan(town)
    apply(town, rows({**REPLIED, "outcome_class": "B1类", "result": "不满意"}))
    case = Suggestion.objects.get()
    assert (case.stage, case.round, case.first_result, case.result) == ("in_handling", 2, "NS", "")
    assert list(differences()) == []


def test_not_satisfied_waits_for_the_order_where_the_rules_say_so() -> None:
    town = Town()
    apply(town, rows({**REPLIED, "result": "不满意"}))
    case = Suggestion.objects.get()
    assert (case.stage, case.round, case.result) == ("replied", 1, "NS")
    assert list(differences()) == []


def test_the_same_list_again_changes_nothing() -> None:
    town = Town()
    listed = rows({}, {"number": "", "title": "关于没有编号的建议"})
    apply(town, listed)
    before = Entry.objects.count()
    again = apply(town, listed)
    assert again.counts()["keep"] == 2
    assert (Suggestion.objects.count(), Entry.objects.count()) == (2, before)


def test_rows_without_a_number_are_given_the_next_ones() -> None:
    town = Town()
    apply(town, rows({"number": "", "title": "关于没有编号的建议"}, {"number": "40"}))
    assert set(Suggestion.objects.values_list("number", flat=True)) == {"40", "41"}


def test_rows_that_cannot_be_taken_are_left_out() -> None:
    town = Town()
    done = apply(town, rows({}, {"number": "13", "raised_on": "2020年9月31日"}))
    assert done.counts() == {"enter": 1, "change": 0, "keep": 0, "refuse": 1}
    assert Suggestion.objects.get().number == "12"


def test_a_register_that_has_changed_since_the_preview_is_told() -> None:
    town = Town()
    listed = rows({})
    mark = plan(town, listed).mark
    Organ.objects.filter(pk=town.education.pk).update(until=date(2020, 2, 1))
    with pytest.raises(Stale):
        apply_suggestions(
            listed,
            mark=mark,
            congress=town.congress,
            choices=Choices(),
            actor=town.actor("clerk"),
            at=NOW,
            today=TODAY,
        )
    assert not Suggestion.objects.exists()


def test_another_congresss_clerk_is_refused() -> None:
    town = Town()
    town.neighbour()
    with pytest.raises(NotPermitted):
        plan_suggestions(
            rows({}),
            congress=town.congress,
            choices=Choices(),
            actor=town.actor("neighbour_clerk"),
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("cell", "change", "part"),
    [
        ("raised_on", {"raised_on": "2020年9月31日"}, "31"),
        ("raised_on", {"raised_on": "2021-01-15"}, "ahead"),
        ("raised_on", {"raised_on": "2009-01-15", "assigned_on": ""}, "2009"),
        ("assigned_on", {"assigned_on": "2020-01-02"}, "before"),
        ("replied_on", {**REPLIED, "replied_on": "2020-02-01"}, "before"),
        ("replied_on", {"outcome_class": "A"}, "no day"),
        ("lead_organ", {"lead_organ": "省教育听"}, "no organ"),
        ("lead_organ", {"lead_organ": "省教育厅、省财政厅"}, "More than one"),
        ("lead_organ", {"lead_organ": "", "assigned_on": "2020-02-12"}, "no lead organ"),
        ("cosigners", {"cosigners": "张三丰"}, "no deputy"),
        ("lead", {"lead": ""}, "no lead deputy"),
        ("session", {"session": "省十二届人大一次会议"}, "not known"),
        ("session", {"session": "省人大"}, "does not say"),
        ("session", {"session": "临海市五届人大一次会议"}, "no session"),
        ("session", {"session": ""}, "names no session"),
        ("kind", {"kind": "政协提案"}, "does not belong"),
        ("kind", {"kind": "倡议"}, "no kind"),
        ("title", {"title": ""}, "needs a title"),
        ("title", {"title": "长" * 121}, "120"),
        ("number", {"number": "9" * 21}, "20"),
        ("outcome_class", {**REPLIED, "outcome_class": "A1"}, "no class"),
        ("result", {**REPLIED, "result": "很满意"}, "no grade"),
        ("wide", {"wide": "也许"}, "neither"),
        ("raised", {"raised": "夏天"}, "neither"),
    ],
)
def test_each_fault_is_named_in_its_cell(
    cell: str, change: dict[str, str], part: str, english: None
) -> None:
    done = plan(Town(), rows(change))
    assert done.rows[0].act is Act.REFUSE
    words, remedy = said(done, cell)
    assert part in words
    assert remedy or "at most" in words
    assert done.rows[0].verdicts[cell].weight is Weight.ERROR
    assert "第2行" in done.rows[0].verdicts[cell].ref


@pytest.fixture
def english() -> Any:
    from django.utils.translation import override

    with override("en"):
        yield


def test_a_suspended_deputy_signs_nothing(english: None) -> None:
    town = Town()
    Post.objects.filter(pk=town.post("zhao").pk).update(standing=Standing.SUSPENDED)
    words, remedy = said(plan(town, rows({})), "cosigners")
    assert "赵立新's mandate is suspended" in words
    assert "Take the name out" in remedy
    led = plan(town, rows({"lead": "赵立新", "cosigners": ""}))
    assert "suspended" in said(led, "lead")[0]


def test_a_mandate_counts_for_the_days_it_ran() -> None:
    town = Town()
    ended = {"standing": Standing.ENDED, "until": date(2020, 1, 16)}
    Post.objects.filter(pk=town.post("zhao").pk).update(**ended)
    assert plan(town, rows({})).rows[0].act is Act.ENTER
    late = plan(town, rows({"raised_on": "2020-01-17"}))
    assert late.rows[0].verdicts["cosigners"].weight is Weight.ERROR


def test_namesakes_are_told_apart_by_their_seat(english: None) -> None:
    town = Town()
    town.hire(
        "other_lin", name="林晓岚", role=Role.DEPUTY, term=town.term, delegation=town.southern
    )
    assert "Several deputies" in said(plan(town, rows({})), "lead")[0]
    seated = plan(town, rows({"delegation": "岳南代表团"}))
    assert seated.rows[0].read["lead"] == town.post("other_lin")


def test_numbers_are_given_once_a_session(english: None) -> None:
    town = Town()
    twice = plan(town, rows({}, {"title": "另一件"}))
    assert "row 2 already" in str(twice.rows[1].verdicts["number"].said)
    apply(town, rows({}))
    taken = plan(town, rows({"title": "另一件"}))
    assert taken.rows[0].act is Act.KEEP
    Suggestion.objects.update(source_ref=None)
    other = plan(town, rows({"title": "另一件"}))
    assert "is “关于修建岳北新区幼儿园的建议”" in said(other, "number")[0]
    assert plan(town, rows({})).rows[0].act is Act.KEEP


def test_an_unknown_organ_is_entered_when_the_clerk_says_so(english: None) -> None:
    town = Town()
    listed = rows({"lead_organ": "省能源局"}, {"number": "13", "lead_organ": "岳川省能源局"})
    shown = plan(town, listed)
    assert list(shown.unknown_organs) == ["岳川省能源局", "省能源局"]
    done = apply(town, listed, new_organs=True)
    assert [str(each) for each in done.proposed] == ["省能源局"]
    made = Organ.objects.get(name="省能源局")
    assert set(Suggestion.objects.values_list("lead_organ", flat=True)) == {made.pk}


def test_an_unknown_organ_may_be_said_to_be_a_known_one() -> None:
    town = Town()
    listed = rows({"lead_organ": "省教委"})
    apply(town, listed, organs={"省教委": town.education.key})
    assert Suggestion.objects.get().lead_organ == town.education


def test_another_congresss_organ_cannot_be_chosen() -> None:
    town = Town()
    town.neighbour()
    listed = rows({"lead_organ": "省教委"})
    done = plan(town, listed, organs={"省教委": town.neighbour_organ.key})
    assert done.rows[0].act is Act.REFUSE


def test_an_abolished_organ_is_named_with_its_last_day(english: None) -> None:
    town = Town()
    Organ.objects.filter(pk=town.education.pk).update(until=date(2020, 2, 20))
    assert "was abolished on 2020-02-20" in said(plan(town, rows({})), "lead_organ")[0]
    # What it answered while it existed stays its own.
    assert plan(town, rows(REPLIED)).rows[0].act is Act.ENTER


def test_sessions_and_deputies_are_proposed_when_asked() -> None:
    town = Town()
    change = {"session": "省政协十二届三次会议", "lead": "陈委员", "cosigners": ""}
    refused = plan(town, rows(change))
    assert refused.rows[0].act is Act.REFUSE
    apply(town, rows(change), new_sessions=True, new_deputies=True)
    case = Suggestion.objects.get()
    assert (case.kind, case.session.assembly) == ("cppcc_proposal", "cppcc")
    assert case.session.name == "政协岳川省第十二届委员会第三次会议"
    assert (case.lead.person.name, case.lead.term and case.lead.term.assembly) == (
        "陈委员",
        "cppcc",
    )
    # It is handled with the others and counted with none of them.
    for condition in selectors.POPULATIONS.values():
        assert not Suggestion.objects.filter(condition).exists()


def test_a_session_without_ordinals_stands_under_its_year() -> None:
    town = Town()
    change = {"session": "省人大", "year": "2019"}
    apply(town, rows(change), new_sessions=True, unnumbered_sessions=True)
    assert "2019" in Session.objects.exclude(pk=town.session.pk).get().name


def test_reading_does_not_ask_more_of_the_database_as_the_list_grows() -> None:
    town = Town()
    counts = []
    for size in (2, 40):
        listed = rows(*({"number": str(100 + n)} for n in range(size)))
        with CaptureQueriesContext(connection) as asked:
            plan(town, listed)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.slow
def test_a_years_list_is_in_within_ten_seconds() -> None:
    """1,465 rows with replies and ratings, through a workbook."""
    town = Town()
    session = "省十三届人大三次会议"
    year: dict[str, Any] = {
        "领衔代表": "林晓岚",
        "附议代表": "赵立新",
        "届次": session,
        "提出日期": date(2020, 1, 15),
        "情况": "村里的路坏了。",
        "具体建议": "1.修路\n2.架桥",
        "主办单位": "省教育厅",
        "会办单位": "省财政厅",
        "交办日期": date(2020, 2, 12),
        "答复日期": date(2020, 2, 28),
        "答复类别": "A",
        "答复内容": "1.已修\n2.已架",
        "办理态度": "满意",
        "办理结果": "满意",
    }
    heads = ["建议编号", "标题", *year]
    body = [[n, f"关于第{n}个村修路的建议", *year.values()] for n in range(1, 1466)]
    file = xlsx([heads, *body])
    # Of this process alone: what else the machine does is not the import's.
    began = time.process_time()
    table = workbooks.read(io.BytesIO(file.getvalue()), name="2020.xlsx")
    listed = rows_of(table, guess(table, kind=ImportKind.SUGGESTIONS))
    done = apply(town, listed)
    took = time.process_time() - began
    assert done.counts()["enter"] == 1465
    assert Suggestion.objects.filter(stage="closed").count() == 1465
    # Ten seconds is the goal on a quiet machine; the benchmark measures it. This finds a slip
    # that makes it grow with the square of the rows.
    assert took < 90
