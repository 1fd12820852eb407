"""Contact as a gate: only the deputy's own yes, his waiver or a named exemption opens it (M6)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted
from huiyin.organisations.models import RuleChoice
from huiyin.organisations.selectors import rulebook_for, work_calendar
from huiyin.outbox.models import Notice
from huiyin.suggestions import contacts, services
from huiyin.suggestions.models import Contact, ContactAnswer, ContactState
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.ruling import ruling_for
from huiyin.suggestions.spoken import answers_of, checked_until, standing
from huiyin.suggestions.stages import ReplyStage
from huiyin.suggestions.tests.cases import Reader
from huiyin.suggestions.tests.situations import Story

pytestmark = pytest.mark.django_db

LAST_DAY = date(2020, 3, 12)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    settings.HUIYIN_TODAY = TODAY
    return Town()


def decide(town: Town, **overrides: object) -> None:
    """Let the congress decide otherwise about contact; keys without their group."""
    RuleChoice.objects.create(
        congress=town.congress,
        pack="national",
        valid_from=date(2020, 1, 1),
        overrides={f"contact.{name}": value for name, value in overrides.items()},
        decided_by="省人大常委会主任会议",
        decided_on=date(2019, 12, 20),
        basis="岳常办发〔2020〕4号",
    )


def handled(town: Town, **text: object) -> Story:
    return Story(town, **text).submitted().registered().assigned().acknowledged()


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)


def answer(
    story: Story, contact: Contact, *, confirmed: bool, who: str = "lin", word: str = ""
) -> None:
    actor = story.town.actor(who)
    services.answer_contact(contact=contact, actor=actor, at=NOW, confirmed=confirmed, word=word)


def send(story: Story, *, day: date = TODAY, via: str = Via.PAGE) -> None:
    services.send_to_check(
        assignment=story.part(),
        actor=story.town.actor("edu_handler"),
        at=moment(day),
        text=story.reply_text(),
        via=via,
    )


def exempt(story: Story, *, day: date = TODAY, who: str = "edu_head") -> None:
    services.exempt_contact(
        assignment=story.part(),
        actor=story.town.actor(who),
        at=moment(day),
        why="代表在国外，多次联系未果。",
    )


def waive(story: Story) -> None:
    services.waive_contact(case=story.case, actor=story.town.actor("lin"), at=NOW)


def state_of(story: Story, contact: Contact, *, on: date = TODAY) -> str:
    until = checked_until(contact, ruling=ruling_for(story.case, on=on))
    return standing(answers_of(contact), until=until, on=on)


# --- The gate before clearance


def nothing(story: Story) -> None:
    pass


def recorded(story: Story) -> None:
    story.contact_recorded()


def contested(story: Story) -> None:
    answer(story, story.contact_recorded(), confirmed=False)


def confirmed(story: Story) -> None:
    story.spoken()


def taken_back(story: Story) -> None:
    contact = story.contact_recorded()
    answer(story, contact, confirmed=True)
    answer(story, contact, confirmed=False, word="记错了，那天没有见面。")


def by_the_co_handler(story: Story) -> None:
    """The other organ's talk opens no gate of this one."""
    story.co_acknowledged().spoken("finance")


def by_the_office(story: Story) -> None:
    """Nor does a talk of the congress office or of the electing unit."""
    for who in ("clerk", "electing_liaison"):
        services.record_talk(
            cases=[story.case],
            actor=story.town.actor(who),
            at=NOW,
            form="visit",
            held_on=TODAY,
            gist="了解办理情况。",
        )


TALKED: tuple[tuple[Callable[[Story], None], bool], ...] = (
    (nothing, False),
    (recorded, False),
    (contested, False),
    (confirmed, True),
    (taken_back, False),
    (by_the_co_handler, False),
    (by_the_office, False),
)
LATER = LAST_DAY + timedelta(days=1)


@pytest.mark.parametrize("waived", ["", "wish", "step"])
@pytest.mark.parametrize("talked", TALKED, ids=lambda each: each[0].__name__)
def test_no_way_to_clearance_but_a_yes_a_waiver_or_an_exemption(
    town: Town, talked: tuple[Callable[[Story], None], bool], waived: str
) -> None:
    """Every way of speaking, with and without waiver and exemption, in and after the time."""
    talk, opens = talked
    story = handled(town, waives_contact=waived == "wish")
    talk(story)
    if waived == "step":
        waive(story)
    for exempted, day, via in itertools.product(
        (False, True), (TODAY, LATER), (Via.PAGE, Via.COMMAND, Via.PAPER)
    ):
        with transaction.atomic():
            released = bool(waived) or (exempted and is_exempted(story, day=day))
            if exempted and not released:
                # Not while the deputy may still answer, nor where nothing is lacking.
                assert opens or (talk is recorded and day <= LAST_DAY)
            assert is_sent(story, day=day, via=via) == (opens or released)
            transaction.set_rollback(True)
    assert list(differences()) == []


def is_exempted(story: Story, *, day: date) -> bool:
    try:
        exempt(story, day=day)
    except Conflict:
        return False
    return True


def is_sent(story: Story, *, day: date, via: str) -> bool:
    try:
        send(story, day=day, via=via)
    except Conflict:
        assert not story.part().acts.filter(move="send_to_check").exists()
        return False
    return story.part().reply_file.stage == ReplyStage.IN_CLEARANCE


def test_without_the_rule_there_is_no_gate(town: Town) -> None:
    decide(town, before_reply=False)
    send(handled(town))


def test_silence_is_never_a_yes(town: Town) -> None:
    story = handled(town)
    contact = story.contact_recorded()
    assert state_of(story, contact, on=LAST_DAY) == ContactState.AWAITED
    assert state_of(story, contact, on=LATER) == ContactState.UNCONFIRMED
    with pytest.raises(Conflict, match="可核对至"):
        exempt(story, day=LAST_DAY)
    with pytest.raises(Conflict, match="期限内确认"):
        send(story, day=date(2020, 5, 30))
    exempt(story, day=LATER)
    send(story, day=LATER)


def test_an_exemption_is_told_and_bears_its_name_and_reason(town: Town) -> None:
    story = handled(town)
    for who in ("edu_handler", "edu_liaison", "fin_head", "clerk", "lin"):
        with pytest.raises(NotPermitted):
            exempt(story, who=who)
    exempt(story)
    act = story.part().acts.get(move="exempt_contact")
    assert (act.post, act.why) == (town.post("edu_head"), "代表在国外，多次联系未果。")
    told = Notice.objects.filter(event="assignment.exempt_contact")
    assert {each.person.login for each in told} >= {"lin", "clerk", "second_clerk"}
    with pytest.raises(Conflict):
        exempt(story)


def test_handled_again_he_is_spoken_with_again(town: Town) -> None:
    """Neither the first round's contact nor the wish of the first text reaches the second."""
    story = handled(town, waives_contact=True).spoken()
    story.sent_to_check().checked().signed().delivered().rated("NS")
    services.order_rehandling(
        case=story.case, actor=town.actor("clerk"), at=NOW, why="请再次研究。"
    )
    story.acknowledged()
    with pytest.raises(Conflict, match="先沟通后答复"):
        send(story)
    old = story.case.assignments.get(round=1, organ=town.education)
    with pytest.raises(Conflict):
        services.record_contact(
            assignment=old,
            actor=town.actor("edu_handler"),
            at=NOW,
            phase="during",
            form="visit",
            held_on=TODAY,
            gist="补记。",
        )
    story.spoken()
    send(story)


# --- Before handling, and face to face


def test_where_the_rules_ask_first_a_plan_waits_for_a_talk(town: Town) -> None:
    decide(town, before_handling=True)
    story = handled(town)
    with pytest.raises(Conflict, match="先沟通后办理"):
        story.planned()
    contact = story.contact_recorded()
    story.planned()
    answer(story, contact, confirmed=False)
    with pytest.raises(Conflict, match="先沟通后办理"):
        story.planned()
    waive(story)
    story.planned()


def test_a_co_handling_organ_plans_without_a_talk(town: Town) -> None:
    decide(town, before_handling=True)
    story = handled(town).co_acknowledged()
    services.plan(
        assignment=story.part("finance"),
        actor=town.actor("fin_handler"),
        at=NOW,
        responsible_leader="方副厅长",
        division="预算处",
        handler="褚明",
        requirement="提出意见",
        feedback_on=TODAY,
    )


def test_so_many_talks_face_to_face_as_the_rules_ask(town: Town) -> None:
    decide(town, face_to_face=2)
    story = handled(town).spoken(form="phone").spoken(form="visit")
    with pytest.raises(Conflict, match="面对面沟通 2 次"):
        send(story)
    story.spoken(form="on_site")
    send(story)


# --- What a record must be


def test_a_talk_belongs_to_its_round_and_its_phase(town: Town) -> None:
    story = handled(town)
    for wrong in (
        {"held_on": TODAY - timedelta(days=1)},
        {"held_on": TODAY + timedelta(days=1)},
        {"phase": "after"},
    ):
        with pytest.raises(Conflict):
            story.contact_recorded(**wrong)
    story.spoken().sent_to_check().checked().signed()
    services.deliver(assignment=story.part(), actor=town.actor("edu_liaison"), at=moment(LAST_DAY))

    def afterwards(phase: str, held_on: date) -> None:
        services.record_contact(
            assignment=story.part(),
            actor=town.actor("edu_handler"),
            at=moment(LATER),
            phase=phase,
            form="phone",
            held_on=held_on,
            gist="回访落实情况。",
        )

    for phase, held_on in (("during", LATER), ("before", LATER), ("after", TODAY)):
        with pytest.raises(Conflict):
            afterwards(phase, held_on)
    afterwards("during", LAST_DAY)
    afterwards("after", LAST_DAY)
    story.rated("S")
    afterwards("after", LATER)


@pytest.mark.parametrize("wrong", [{"phase": "x"}, {"form": "x"}, {"rank": "boss"}])
def test_what_is_in_no_list_is_no_record(town: Town, wrong: dict[str, str]) -> None:
    story = handled(town)
    with pytest.raises(Invalid):
        story.contact_recorded(**wrong)
    with pytest.raises(Invalid):
        story.contact_recorded(deputies=[town.post("zhou")])
    assert not Contact.objects.exists()


# --- The deputies' answers


def test_he_may_change_his_answer_and_each_one_is_kept(town: Town) -> None:
    story = handled(town)
    contact = story.contact_recorded()
    answer(story, contact, confirmed=True)
    with pytest.raises(Conflict):
        answer(story, contact, confirmed=True)
    answer(story, contact, confirmed=False, word="只打过一个电话")
    assert state_of(story, contact) == ContactState.CONTESTED
    answer(story, contact, confirmed=True, word="想起来了，是见过面。")
    assert state_of(story, contact) == ContactState.CONFIRMED
    said = list(contact.answers.values_list("ordinal", "confirmed"))
    assert said == [(1, True), (2, False), (3, True)]
    told = Notice.objects.filter(event="assignment.contest_contact")
    assert {each.person.login for each in told} >= {"clerk", "edu_handler", "edu_liaison"}


def test_one_who_contests_outweighs_the_other(town: Town) -> None:
    story = handled(town)
    both = [town.post("lin"), town.post("zhao")]
    contact = story.contact_recorded(deputies=both)
    answer(story, contact, confirmed=True, who="zhao")
    assert state_of(story, contact) == ContactState.CONFIRMED
    answer(story, contact, confirmed=False)
    assert state_of(story, contact) == ContactState.CONTESTED


def test_nobody_else_answers_for_him(town: Town) -> None:
    story = handled(town)
    contact = story.contact_recorded()
    # 赵 has signed, but was not there.
    with pytest.raises(Conflict):
        answer(story, contact, confirmed=True, who="zhao")
    for who in ("clerk", "edu_handler", "edu_head", "zhou", "electing_liaison", "leader"):
        with pytest.raises(NotPermitted):
            answer(story, contact, confirmed=True, who=who)
    with pytest.raises(Invalid):
        answer(story, contact, confirmed=False, word="长" * 201)
    assert not ContactAnswer.objects.exists()


def test_lists_and_cases_say_the_same_of_each_contact(town: Town) -> None:
    """The state by SQL and the state in Python, over every history of two answers."""
    both = [town.post("lin"), town.post("zhao")]
    says = [(who, yes) for who in ("lin", "zhao") for yes in (True, False)]
    histories = [(), *((one,) for one in says), *itertools.permutations(says, 2)]
    story = handled(town)
    held = [story.contact_recorded(deputies=both) for _each in histories]
    for contact, history in zip(held, histories, strict=True):
        for who, yes in history:
            answer(story, contact, confirmed=yes, who=who)
    rules = rulebook_for(congress=town.congress, on=TODAY)
    for on in (TODAY, LAST_DAY, LATER):
        since = contacts.awaited_since(rules=rules, calendar=work_calendar(), on=on)
        rows: Any = contacts.with_state(Contact.objects.all(), since=since)
        listed = dict(rows.values_list("key", "state"))
        assert listed == {each.key: state_of(story, each, on=on) for each in held}
        assert len(set(listed.values())) == 3


# --- Waived by himself


def test_only_the_lead_deputy_waives_and_only_once_a_round(town: Town) -> None:
    story = handled(town)
    for who in ("zhao", "clerk", "edu_head", "edu_handler"):
        with pytest.raises(NotPermitted):
            services.waive_contact(case=story.case, actor=town.actor(who), at=NOW)
    waive(story)
    with pytest.raises(Conflict):
        waive(story)


def test_who_asks_to_be_spoken_with_has_not_waived_it(town: Town) -> None:
    story = handled(town, wants_contact=True, waives_contact=True)
    with pytest.raises(DomainError):
        send(story)
    lin = Reader(town, "lin")
    draft = Story(town, title="关于校车的建议", wants_contact=True, waives_contact=True).case
    said = {"title": "关于校车的建议", "situation": "情况。", "request_1": "开通专线"}
    choices = {"raised_before": "no", "publish_scope": "full", "act": "submit", "revision": "0"}
    both = {"wants_contact": "on", "waives_contact": "on"}
    refused = lin.post("edit", draft.key, said={**said, **choices, **both})
    assert refused.status_code == 422
    assert "两项只能选一项" in refused.content.decode()
