"""Supervision: acts on record, problems followed to their end, rhythms, lists, circulars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger.verify import verify_chain
from huiyin.outbox.models import Notice
from huiyin.suggestions.tests.situations import Story
from huiyin.supervision import services
from huiyin.supervision.lifecycle import PROBLEM
from huiyin.supervision.models import (
    Circular,
    Problem,
    Rhythm,
    RhythmMinutes,
    RhythmTask,
    SupervisionAct,
)
from huiyin.supervision.rhythm import circular_lines
from huiyin.supervision.services import Supervised
from huiyin.supervision.stages import ProblemStage, RhythmKind, TiedTo
from huiyin.supervision.supervising import NOT_LET_GO, acts_for, not_let_go, problem_for
from huiyin.supervision.tests.room import Reader, Topic, assigned, said
from huiyin.supervision.turns import turns

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=14)


@pytest.fixture
def town(settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def visit(town: Town, who: str = "clerk", **rest: Any) -> SupervisionAct:
    what = Supervised(form="on_site", held_on=TODAY, title="上门督办省教育厅", gist="查看台账。")
    rest.setdefault("organs", [town.education])
    return services.record_supervision(actor=town.actor(who), at=NOW, what=what, **rest)


def problem(town: Town) -> Problem:
    return services.list_problem(
        actor=town.actor("committee"),
        at=NOW,
        organ=town.education,
        title="台账缺项",
        found_on=TODAY,
    )


def stage(town: Town, row: Problem) -> str:
    return problem_for(town.actor("clerk"), row.key).stage


def test_the_table_of_problems_is_sound() -> None:
    assert PROBLEM.dead_ends() == set()
    assert PROBLEM.unreachable() == set()


def test_a_problem_goes_round_until_the_recheck_finds_it_put_right(town: Town) -> None:
    row, committee, liaison = problem(town), town.actor("committee"), town.actor("edu_liaison")
    services.notify_problem(
        problem=row, actor=committee, at=NOW, due_on=SOON, said=said("岳常联〔2020〕9号")
    )
    for fixed in (False, True):
        services.answer_problem(problem=row, actor=liaison, at=NOW, said=said(text="已补齐。"))
        services.recheck_problem(
            problem=row,
            actor=committee,
            at=NOW,
            fixed=fixed,
            due_on=SOON,
            said=said(text="抽查十件。"),
        )

    assert stage(town, row) == ProblemStage.FIXED
    assert verify_chain(town.congress.key) == []
    told = Notice.objects.order_by("pk").values_list("event", "person__login")
    assert list(told) == [
        ("problem.notify", "edu_liaison"),
        ("problem.answer", "committee"),
        ("problem.find_unfixed", "edu_liaison"),
        ("problem.answer", "committee"),
        ("problem.find_fixed", "edu_liaison"),
    ]


def test_an_organ_cannot_find_its_own_problem_put_right(town: Town) -> None:
    row, liaison = problem(town), town.actor("edu_liaison")
    services.notify_problem(
        problem=row, actor=town.actor("clerk"), at=NOW, due_on=SOON, said=said("9号")
    )
    services.answer_problem(problem=row, actor=liaison, at=NOW, said=said(text="已补齐。"))
    for who in ("edu_liaison", "edu_handler", "edu_checker", "edu_head"):
        with pytest.raises(NotPermitted):
            services.recheck_problem(
                problem=row, actor=town.actor(who), at=NOW, fixed=True, said=said(text="好。")
            )
    assert stage(town, row) == ProblemStage.ANSWERED


def test_an_answer_is_not_asked_for_a_day_that_has_passed(town: Town) -> None:
    with pytest.raises(Invalid, match="反馈期限"):
        services.notify_problem(
            problem=problem(town),
            actor=town.actor("clerk"),
            at=NOW,
            due_on=TODAY - timedelta(days=1),
            said=said("9号"),
        )


# Stated by hand: who records supervision, who lists problems, who plans rhythms.
RECORDS = {"clerk", "second_clerk", "committee", "government_clerk"}
LISTS = {"clerk", "second_clerk", "committee"}
PLANS = {"clerk", "second_clerk", "government_clerk"}


def test_who_may_do_what(town: Town) -> None:
    acts: dict[str, tuple[set[str], Any]] = {
        "visit": (RECORDS, lambda who: visit(town, who)),
        "problem": (
            LISTS,
            lambda who: services.list_problem(
                actor=town.actor(who), at=NOW, organ=town.education, title="题", found_on=TODAY
            ),
        ),
        "rhythm": (
            PLANS,
            lambda who: services.set_rhythm(
                actor=town.actor(who), at=NOW, kind="week", title="周例会", begins_on=TODAY
            ),
        ),
    }
    for name, (allowed, act) in acts.items():
        found = set()
        for who in town.everyone():
            try:
                with transaction.atomic():
                    act(who)
                found.add(who)
            except NotPermitted:
                continue
        assert found == allowed, name


def test_who_sees_an_act(town: Town) -> None:
    visit(town, cases=[assigned(town)])
    seers = {who for who, actor in town.everyone().items() if acts_for(actor).exists()}
    assert seers == {
        *("clerk", "second_clerk", "committee", "government_clerk", "leader", "lin", "zhao"),
        *("edu_liaison", "edu_handler", "edu_checker", "edu_head"),
        *("fin_liaison", "fin_handler", "fin_head"),
    }


def test_another_congress_s_organ_is_refused_and_its_act_is_not_there(town: Town) -> None:
    act = visit(town)
    town.neighbour()
    with pytest.raises(Conflict):
        visit(town, organs=[town.neighbour_organ])
    assert Reader(town, "neighbour_clerk").get("act", act.key).status_code == 404


# --- Rhythms


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (RhythmKind.WEEK, ["2020-01-31", "2020-02-07", "2020-02-14", "2020-02-21", "2020-02-28"]),
        (RhythmKind.HALF_MONTH, ["2020-01-31", "2020-02-15", "2020-02-29"]),
        (RhythmKind.MONTH, ["2020-01-31", "2020-02-29"]),
        (RhythmKind.QUARTER, ["2020-01-31"]),
    ],
)
def test_the_days_of_a_rhythm(kind: str, days: list[str]) -> None:
    found = turns(kind, begins_on=date(2020, 1, 31), until=date(2020, 3, 5))
    assert [day.isoformat() for day in found if day.month < 3] == days


def test_the_tick_makes_each_task_once_and_minutes_end_it(town: Town) -> None:
    clerk = town.actor("clerk")
    services.set_rhythm(
        actor=clerk,
        at=NOW,
        kind="week",
        title="一周一电话督办",
        begins_on=TODAY - timedelta(days=14),
        basis="岳常办发〔2020〕12号第五条",
    )
    assert services.make_tasks(at=NOW) == 3
    assert services.make_tasks(at=NOW) == 0
    # A clock that went back makes nothing, and unmakes nothing.
    assert services.make_tasks(at=NOW - timedelta(days=30)) == 0
    task = RhythmTask.objects.earliest("due_on")
    keep: dict[str, Any] = {
        "task": task,
        "actor": clerk,
        "at": NOW,
        "held_on": TODAY,
        "text": "逐家电话。",
    }
    services.keep_minutes(**keep)
    with pytest.raises(Conflict):
        services.keep_minutes(**keep)
    assert RhythmMinutes.objects.count() == 1
    assert verify_chain(town.congress.key) == []


def test_a_rhythm_is_given_up_early_and_makes_no_turn_after(town: Town) -> None:
    clerk = town.actor("clerk")
    rhythm = services.set_rhythm(
        actor=clerk, at=NOW, kind="week", title="电话督办", begins_on=TODAY
    )
    reader = Reader(town, "clerk")
    soon = TODAY + timedelta(days=7)
    early = {"on": str(TODAY - timedelta(days=1)), "text": "改为月调度。"}
    answer = reader.post("rhythm_step", rhythm.key, "end", given=early)
    assert answer.status_code == 422
    assert "改为月调度。" in answer.content.decode()
    given = {"on": str(soon), "text": "改为月调度。"}
    assert reader.post("rhythm_step", rhythm.key, "end", given=given).status_code == 302
    # The last day itself still has its turn.
    assert services.make_tasks(at=NOW + timedelta(days=60)) == 2
    days = list(rhythm.tasks.values_list("due_on", flat=True))
    assert days == [TODAY, soon]
    page = reader.get("rhythm", rhythm.key).content.decode()
    assert "改为月调度。" in page
    with pytest.raises(Conflict):
        services.end_rhythm(rhythm=rhythm, actor=clerk, at=NOW, last_on=soon, why="又一次。")
    with pytest.raises(NotPermitted):
        services.end_rhythm(
            rhythm=rhythm, actor=town.actor("committee"), at=NOW, last_on=soon, why="不行。"
        )


def test_all_that_a_delegation_raised_is_gone_back_to_at_once(town: Town) -> None:
    cases = [assigned(town, f"关于第{number}条道路的建议") for number in range(3)]
    delegation = cases[0].lead.delegation
    assert delegation is not None
    reader = Reader(town, "clerk")
    given = {
        "form": "on_site",
        "held_on": str(TODAY),
        "title": "回访代表团建议",
        "gist": "逐件了解落实情况。",
        "delegation": delegation.key,
    }
    assert reader.post("act_new", given=given).status_code == 302
    act = SupervisionAct.objects.get()
    assert act.tied_to == TiedTo.REVISIT
    assert set(act.cases.values_list("suggestion", flat=True)) == {case.pk for case in cases}
    page = reader.get("act", act.key).content.decode()
    assert all(case.title in page for case in cases)


def test_what_rests_on_a_clause_leads_to_it_and_back(town: Town) -> None:
    paper = services.record_paper(
        actor=town.actor("clerk"),
        at=NOW,
        kind="opinion",
        year=2020,
        title="工作意见",
        number="常办发〔2020〕12号",
        issued_on=TODAY,
        clauses=["按期签收。", "一周一电话督办。"],
    )
    clause = paper.clauses.get(position=2)
    reader = Reader(town, "clerk")
    given = {"kind": "week", "title": "电话督办", "begins_on": str(TODAY), "clause": clause.key}
    assert reader.post("rhythm_new", given=given).status_code == 302
    topic = Topic(town).decided().led().sent()
    said = {"on": str(TODAY), "text": "六月底前完成。", "clause": clause.key}
    organ = Reader(town, "edu_liaison")
    assert organ.post("topic_step", topic.topic.key, "plan", given=said).status_code == 302
    rhythm = Rhythm.objects.get(cited__clause=clause)
    address = f"{reverse('supervision:paper', args=[paper.key])}#clause-2"
    for page in (reader.get("rhythm", rhythm.key), organ.get("topic", topic.topic.key)):
        assert address in page.content.decode()
    shown = reader.get("paper", paper.key).content.decode()
    assert 'id="clause-2"' in shown
    assert reverse("supervision:rhythm", args=[rhythm.key]) in shown
    assert reverse("supervision:topic", args=[topic.topic.key]) in shown
    # An organ reads the clause, but not of a rhythm that is none of its business.
    assert (
        reverse("supervision:rhythm", args=[rhythm.key])
        not in organ.get("paper", paper.key).content.decode()
    )


# --- Lists and circulars


def test_the_lists_of_what_is_not_let_go(town: Town) -> None:
    clerk = town.actor("clerk")
    late = assigned(town, "关于逾期未办的建议")
    unhappy = Story(town, title="关于不满意的建议").replied().rated("NS").case
    assert late.due_on is not None
    after = late.due_on + timedelta(days=1)

    rows = not_let_go(clerk, after)
    found = {
        name: set(rows.filter(which(after)).values_list("title", flat=True))
        for name, which in NOT_LET_GO.items()
    }
    assert found["undone"] == {late.title}
    assert found["dissatisfied"] == {unhappy.title}
    assert found["paper_only"] == set()
    assert not_let_go(town.actor("zhou"), after).count() == 0


def test_the_catalogue_follows_the_latest_counterpart(town: Town) -> None:
    case, reader = assigned(town), Reader(town, "committee")
    given = {"committee": town.education_committee.key, "organs": "省教育厅"}
    assert reader.post("counterparts", given=given).status_code == 403
    assert case.title not in reader.get("catalogue").content.decode()
    assert Reader(town, "clerk").post("counterparts", given=given).status_code == 302
    assert case.title in reader.get("catalogue").content.decode()
    Reader(town, "clerk").post("counterparts", given={"committee": "", "organs": "省教育厅"})
    assert case.title not in reader.get("catalogue").content.decode()


def test_a_circular_keeps_the_figures_of_its_day(town: Town) -> None:
    assigned(town)
    assert circular_lines(town.actor("clerk"), TODAY) == [["省教育厅", 1, 0, 0, 0, 0]]
    reader = Reader(town, "clerk")
    answer = reader.post(
        "circular_new", given={"month": TODAY.isoformat(), "number": "通报2号", "note": "请加快。"}
    )
    assert answer.status_code == 302
    issued = Circular.objects.get()
    assigned(town, "关于另一件事的建议")
    page = Reader(town, "edu_head").get("circular", issued.key)
    assert "省教育厅" in page.content.decode()
    assert issued.lines == [["省教育厅", 1, 0, 0, 0, 0]]
    paper = reader.get("circular_paper", issued.key, "pdf")
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"


# --- Pages


def test_an_act_and_its_problem_on_the_pages(town: Town) -> None:
    case, committee = assigned(town), Reader(town, "committee")
    day = TODAY.isoformat()
    answer = committee.post(
        "act_new",
        given={
            "form": "on_site",
            "held_on": day,
            "title": "上门督办",
            "organs": "省教育厅",
            "numbers": str(case.number),
            "gist": "查看台账。",
            "topic": "",
            "tied_to": "",
        },
    )
    assert answer.status_code == 302
    act = SupervisionAct.objects.get()
    answer = committee.post(
        "problem_new",
        given={
            "organ": "省教育厅",
            "title": "台账缺项",
            "found_on": day,
            "act": act.key,
            "number": str(case.number),
        },
    )
    row = Problem.objects.get()
    assert Reader(town, "edu_liaison").get("problem", row.key).status_code == 404
    given = {"on": day, "due_on": SOON.isoformat(), "number": "9号"}
    assert committee.post("problem_step", row.key, "notify", given=given).status_code == 302
    liaison = Reader(town, "edu_liaison")
    given = {"on": day, "text": "已补齐。"}
    assert liaison.post("problem_step", row.key, "answer", given=given).status_code == 302
    assert Reader(town, "fin_liaison").get("problem", row.key).status_code == 404
    page = committee.get("act", act.key).content.decode()
    assert "台账缺项" in page
    letter = liaison.get("problem_notice", row.key, "docx")
    assert b"".join(letter.streaming_content)[:2] == b"PK"


def test_an_unknown_organ_is_named_and_the_text_survives(town: Town) -> None:
    given = {
        "form": "phone",
        "held_on": TODAY.isoformat(),
        "title": "电话",
        "organs": "省魔法厅",
        "gist": "问了三件。",
    }
    answer = Reader(town, "clerk").post("act_new", given=given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "省魔法厅" in page
    assert "问了三件。" in page


LISTS_SHOWN = (
    *("act_list", "problem_list", "rhythm_list", "circular_list", "not_let_go", "catalogue"),
)


def test_lists_ask_as_much_for_many_as_for_one(town: Town) -> None:
    reader, clerk = Reader(town, "clerk"), town.actor("clerk")
    counts: dict[str, list[int]] = {name: [] for name in LISTS_SHOWN}
    services.set_counterparts(
        actor=clerk, at=NOW, committee=town.education_committee, organs=[town.education]
    )
    for number in range(2):
        case = assigned(town, f"关于第{number}件事的建议")
        visit(town, cases=[case])
        problem(town)
        services.set_rhythm(actor=clerk, at=NOW, kind="week", title="例会", begins_on=TODAY)
        services.make_tasks(at=NOW)
        for name, found in counts.items():
            reader.get(name)
            with CaptureQueriesContext(connection) as caught:
                assert reader.get(name).status_code == 200
            found.append(len(caught))
    assert all(one == many for one, many in counts.values()), counts
