"""More time for an organ: asked in time, within the rules, never decided by who asked (T064)."""

from __future__ import annotations

import html
from datetime import date, datetime
from typing import Any

import pytest

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.organisations.models import RuleChoice
from huiyin.outbox.models import Notice
from huiyin.rulebook import Length, Unit
from huiyin.suggestions import duties, services
from huiyin.suggestions.lifecycle import extending
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story, follow_consent

pytestmark = pytest.mark.django_db

DUE, LONGEST = date(2020, 6, 2), date(2020, 9, 2)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def handled(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered().assigned().acknowledged()


def ask(
    story: Story,
    until: date,
    *,
    who: str = "edu_liaison",
    on: date = TODAY,
    organ: str = "education",
    why: str = "需要会同三个部门实地调研。",
) -> None:
    services.ask_extension(
        assignment=story.part(organ),
        actor=story.town.actor(who),
        at=datetime(on.year, on.month, on.day, 10, tzinfo=ZONE),
        until=until,
        why=why,
    )


def told(who: Actor) -> set[str]:
    return set(Notice.objects.filter(person=who.person).values_list("event", flat=True))


# --- Where nobody's consent is needed


def test_the_organ_s_word_is_enough_and_the_deputy_is_told_why(town: Town) -> None:
    story = handled(town)
    ask(story, date(2020, 8, 15))
    story.case.refresh_from_db()
    assert story.part().due_on == story.case.due_on == date(2020, 8, 15)
    assert "assignment.extend" in told(town.actor("lin"))
    assert "assignment.extend" in told(town.actor("zhao"))
    assert list(differences()) == []


def test_the_ordinary_limit_is_still_counted(town: Town) -> None:
    story = handled(town)
    ask(story, LONGEST)
    story.case.refresh_from_db()
    assert story.case.first_due_on == LONGEST
    assert story.case.ordinary_due_on == DUE


@pytest.mark.parametrize(
    ("until", "by"),
    [
        (LONGEST, Length(3, Unit.MONTHS)),
        (date(2020, 7, 2), Length(1, Unit.MONTHS)),
        (date(2020, 6, 3), Length(1, Unit.DAYS)),
        (date(2020, 7, 3), Length(31, Unit.DAYS)),
    ],
)
def test_the_day_asked_for_is_the_day_it_is_due(town: Town, until: date, by: Length) -> None:
    story = handled(town)
    ask(story, until)
    part = story.part()
    assert part.due_on == until
    kept = part.extensions[0]
    assert (kept["count"], kept["unit"]) == (by.count, by.unit)


# --- What is refused


def test_it_is_asked_for_on_the_due_day_at_the_latest(town: Town) -> None:
    story = handled(town)
    with pytest.raises(Conflict):
        ask(story, LONGEST, on=date(2020, 6, 3))
    ask(story, LONGEST, on=DUE)
    assert story.part().due_on == LONGEST


@pytest.mark.parametrize("until", [DUE, date(2020, 5, 1), date(2020, 9, 3), date(2021, 3, 2)])
def test_a_day_too_early_or_beyond_six_months_is_refused(town: Town, until: date) -> None:
    story = handled(town)
    with pytest.raises(Conflict):
        ask(story, until)
    assert story.part().due_on == DUE


def test_it_is_given_once(town: Town) -> None:
    story = handled(town)
    ask(story, date(2020, 7, 2))
    with pytest.raises(Conflict):
        ask(story, date(2020, 8, 2))


def test_it_needs_a_reason(town: Town) -> None:
    with pytest.raises(Conflict):
        ask(handled(town), LONGEST, why="  ")


def test_a_co_handling_organ_and_a_handler_cannot_ask(town: Town) -> None:
    story = handled(town).co_acknowledged()
    for who, organ in (("fin_liaison", "finance"), ("edu_handler", "education")):
        with pytest.raises(DomainError):
            ask(story, date(2020, 7, 2), who=who, organ=organ)


def test_a_wide_item_has_the_longest_time_already(town: Town) -> None:
    story = Story(town).submitted().registered()
    charge = services.assigning.Charge(organ=town.education, role="sole")
    services.assign(case=story.case, actor=town.actor("clerk"), at=NOW, organs=[charge], wide=True)
    story.acknowledged()
    assert story.part().due_on == LONGEST
    with pytest.raises(Conflict):
        ask(story, date(2020, 10, 2))


def test_the_time_for_handling_again_is_not_extended(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    services.order_rehandling(
        case=story.case, actor=town.actor("clerk"), at=NOW, why="请再次办理。"
    )
    story.acknowledged()
    with pytest.raises(Conflict):
        ask(story, date(2020, 5, 1))


# --- Where the congress body has to agree


def asked(town: Town) -> Story:
    follow_consent(town)
    story = handled(town)
    ask(story, date(2020, 8, 1))
    return story


def test_until_it_is_granted_the_due_day_stays(town: Town) -> None:
    story = asked(town)
    assert story.part().due_on == DUE
    assert "assignment.ask_extension" in told(town.actor("clerk"))
    assert "assignment.extend" not in told(town.actor("lin"))
    with pytest.raises(Conflict):
        ask(story, LONGEST)

    services.grant_extension(assignment=story.part(), actor=town.actor("clerk"), at=NOW)
    assert story.part().due_on == date(2020, 8, 1)
    assert story.part().extension_until is None
    assert "assignment.grant_extension" in told(town.actor("lin"))
    assert "assignment.grant_extension" in told(town.actor("edu_liaison"))
    notice = Notice.objects.get(person=town.person("lin"), event="assignment.grant_extension")
    assert notice.params["due"] == {"day": "2020-08-01"}
    assert list(differences()) == []
    with pytest.raises(Conflict):
        services.grant_extension(assignment=story.part(), actor=town.actor("clerk"), at=NOW)


def test_refused_the_due_day_stays_and_it_may_be_asked_for_again(town: Town) -> None:
    story = asked(town)
    services.refuse_extension(
        assignment=story.part(), actor=town.actor("clerk"), at=NOW, why="期限充裕。"
    )
    assert (story.part().due_on, story.part().extension_until) == (DUE, None)
    assert "assignment.refuse_extension" in told(town.actor("edu_liaison"))
    assert list(differences()) == []
    ask(story, date(2020, 7, 2))
    assert story.part().extension_until == date(2020, 7, 2)


def test_it_may_be_granted_after_the_due_day_if_asked_for_before(town: Town) -> None:
    story = asked(town)
    late = datetime(2020, 6, 10, 9, tzinfo=ZONE)
    services.grant_extension(assignment=story.part(), actor=town.actor("clerk"), at=late)
    assert story.part().due_on == date(2020, 8, 1)


def test_who_asked_does_not_decide_though_he_holds_both_posts(town: Town) -> None:
    story = asked(town)
    liaison = town.person("edu_liaison")
    post = liaison.posts.create(role=Role.CLERK, congress=town.congress, since=TERM_BEGAN)
    both = Actor(person=liaison, post=post)
    with pytest.raises(Conflict):
        services.grant_extension(assignment=story.part(), actor=both, at=NOW)
    with pytest.raises(Conflict):
        services.refuse_extension(assignment=story.part(), actor=both, at=NOW, why="不必。")
    assert story.part().extension_until == date(2020, 8, 1)


def test_a_reply_leaves_the_wish_behind(town: Town) -> None:
    story = asked(town).sent_to_check().checked().signed().delivered()
    with pytest.raises(Conflict):
        services.grant_extension(assignment=story.part(), actor=town.actor("clerk"), at=NOW)
    assert duties.rows_of(town.actor("clerk"), "extension").count() == 0
    assert list(differences()) == []


def test_shanghai_adds_three_months_to_the_due_day(town: Town) -> None:
    RuleChoice.objects.create(
        congress=town.congress,
        pack="shanghai",
        valid_from=date(2020, 1, 1),
        decided_by="主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕4号",
    )
    story = handled(town)
    with pytest.raises(Conflict):
        ask(story, date(2020, 9, 3))
    ask(story, LONGEST)
    assert story.part().extension_until == LONGEST


# --- The pages


def page(reader: Reader, story: Story) -> str:
    return html.unescape(reader.get("case", story.case.key).content.decode())


def test_the_organ_asks_and_the_office_grants_on_the_page_of_the_case(town: Town) -> None:
    follow_consent(town)
    story = handled(town)
    liaison, clerk = Reader(town, "edu_liaison"), Reader(town, "clerk")
    said = {"until": "2020年8月1日", "reason": "需要实地调研。"}
    assert "最迟不超过2020年9月2日" in page(liaison, story)
    answer = liaison.takes_on(story.part(), "ask_extension", **{**said, "until": "2020-10-01"})
    assert answer.status_code == 422
    assert liaison.takes_on(story.part(), "ask_extension", **said).status_code == 302

    assert duties.rows_of(town.actor("clerk"), "extension").get() == story.case
    shown = page(clerk, story)
    assert "省教育厅申请延期至2020年8月1日答复" in shown
    assert "由2020年6月2日延至2020年8月1日" in shown
    assert clerk.takes_on(story.part(), "grant_extension").status_code == 302
    assert duties.rows_of(town.actor("clerk"), "extension").count() == 0
    assert "同意省教育厅延期至2020年8月1日答复" in page(Reader(town, "lin"), story)
    answer = Reader(town, "lin").get("deadline", story.case.key, "reply")
    sum_ = html.unescape(answer.content.decode())
    assert "2020年3月2日申请延期，2020年3月2日延长60日。" in sum_
    assert "最多能延多久" in sum_


def test_where_no_step_is_left_none_is_offered(town: Town) -> None:
    story = handled(town)
    ask(story, date(2020, 7, 2))
    assert "申请延期</span>" not in page(Reader(town, "edu_liaison"), story)
    assert "同意延期" not in page(Reader(town, "clerk"), story)


def test_what_needs_consent_does_not_follow_by_itself(town: Town) -> None:
    story = asked(town)
    rules = ruling_for(story.case, on=TODAY).rules
    assert extending.needs_no_consent(story.part(), {"rules": rules})


def test_a_part_that_owes_nothing_by_a_day_has_no_longest_time() -> None:
    bare = Assignment(round=1, due_on=None)
    assert extending.room_is_left(bare, {"longest": None})
    assert extending.asked_in_time(bare, {"on": DUE})
    assert extending.day_is_allowed(bare, {"until": DUE, "longest": DUE}) is None
