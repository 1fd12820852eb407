"""Key topics: proposed, decided, led, reported, voted on. Each step one service and one fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.accounts.rules import require_as_read
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.organisations.models import Organ, Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.outbox import services as outbox
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import visible_to
from huiyin.supervision import rules
from huiyin.supervision.lifecycle import TOPIC
from huiyin.supervision.models import (
    KeyTopic,
    PaperClause,
    TopicCase,
    TopicLeader,
    TopicOpinion,
    TopicStep,
    TopicVote,
)
from huiyin.supervision.services.rhythms import cited
from huiyin.supervision.services.taking import (
    Said,
    put_on_record,
    require_past,
    require_text,
    saved,
)
from huiyin.supervision.stages import Criterion, LeaderPart, PassedBy, TopicStage, TopicView
from huiyin.supervision.topics import TOPIC_TYPE, read_along, staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """One leader and his part."""

    part: str
    name: str
    title: str = ""
    holder: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A vote as its minutes give it."""

    members: int
    present: int
    in_favour: int
    against: int
    abstained: int

    def is_passed(self, base: str) -> bool:
        """Whether more than half of the base was in favour."""
        return self.in_favour * 2 > (self.members if base == PassedBy.ALL_MEMBERS else self.present)


@transaction.atomic
def propose_topic(
    *,
    actor: Actor,
    at: datetime,
    session: Session,
    title: str,
    criteria: Sequence[str],
    reasons: str,
    cases: Sequence[Suggestion],
) -> KeyTopic:
    """Propose a topic of several suggestions with the criteria it meets.

    Raises ``Conflict`` where the rules know no key topics, and for a suggestion that another
    topic holds already.
    """
    require_as_read(actor)
    if not rules.proposes_topics(actor):
        raise NotPermitted(_("Committees and the congress office propose key topics."))
    if not rulebook_for(congress=actor.congress, session=session, on=at.date()).key_topic.used:
        raise Conflict(_("The rules of this congress know no key topics."))
    if session.congress_id != actor.congress_id:
        raise Conflict(_("This session is not one of your congress."))
    _require_sound(title, criteria)
    held = _free_cases(actor, cases)
    topic = KeyTopic(
        congress=actor.congress,
        session=session,
        year=at.year,
        title=title.strip(),
        criteria=[each for each in Criterion.values if each in set(criteria)],
        reasons=reasons.strip(),
        proposed_by=actor.post.organ if actor.role == Role.COMMITTEE else None,
        post=actor.post,
        at=at,
    )
    facts = saved(topic, *(TopicCase(topic=topic, suggestion=case) for case in held))
    put_on_record(
        (TOPIC_TYPE, topic.key), "topic.propose", actor=actor, at=at, after=title, facts=facts
    )
    return topic


def _require_sound(title: str, criteria: Sequence[str]) -> None:
    require_text(title, field="title", complaint=_("Give the topic a title."))
    if not criteria or set(criteria) - set(Criterion.values):
        said = _("Choose at least one criterion that the topic meets.")
        raise Invalid(said, fields={"criteria": [said]})


def _free_cases(actor: Actor, cases: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions, locked; none of them may be in another topic that is still open."""
    chosen = list(dict.fromkeys(case.pk for case in cases))
    if not chosen:
        said = _("Choose at least one suggestion.")
        raise Invalid(said, fields={"numbers": [said]})
    rows = Suggestion.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
    held = list(rows)
    seen = set(visible_to(actor).filter(pk__in=chosen).values_list("pk", flat=True))
    taken = staged(KeyTopic.objects.filter(cases__suggestion__in=chosen))
    taken = taken.exclude(stage__in=(TopicStage.NOT_TAKEN, TopicStage.CLOSED))
    if first := taken.first():
        raise Conflict(
            _("A suggestion belongs to the topic “%(title)s” already.") % {"title": first.title}
        )
    return [case for case in held if case.pk in seen]


def give_topic_opinion(
    *, topic: KeyTopic, actor: Actor, at: datetime, organ: Organ | None, view: str, said: Said
) -> None:
    """Record what one body says. A committee or the government office speaks for itself."""
    if view not in TopicView.values:
        raise Invalid(_("Please choose."), fields={"view": [_("Please choose.")]})
    with _taking(topic, "give_opinion", actor=actor, at=at, said=said) as step:
        body = organ if actor.role == Role.CLERK else actor.post.organ
        if body is None or body.congress_id != topic.congress_id:
            complaint = _("Say whose opinion it is.")
            raise Invalid(complaint, fields={"organ": [complaint]})
        step.facts += saved(TopicOpinion(step=step.row, organ=body, view=view))


def decide_topic(*, topic: KeyTopic, actor: Actor, at: datetime, said: Said) -> None:
    """Record that the chairs' meeting has taken it up; ``said.number`` names its minutes."""
    require_text(said.number, field="number", complaint=_("Name the meeting and its minutes."))
    with _taking(topic, "decide", actor=actor, at=at, said=said):
        pass


def decline_topic(*, topic: KeyTopic, actor: Actor, at: datetime, said: Said) -> None:
    """Record that it was not taken up, and why."""
    require_text(said.text, field="text", complaint=_("Say why it is not taken up."))
    with _taking(topic, "decline", actor=actor, at=at, said=said):
        pass


def name_leaders(
    *, topic: KeyTopic, actor: Actor, at: datetime, leaders: Sequence[Led], said: Said
) -> None:
    """Name who leads the handling, who instructs, who leads the supervision."""
    parts = {each.part for each in leaders if each.name.strip()}
    if not {LeaderPart.LEADS, LeaderPart.SUPERVISES} <= parts:
        raise Invalid(
            _("Name at least who leads the handling and who leads the supervision."),
            fields={"leads": [_("One name to a line, with the office after it.")]},
        )
    for each in leaders:
        if each.holder is not None and each.holder.congress_id != topic.congress_id:
            raise Invalid(_("This leader has no post in your congress."))
    with _taking(topic, "name_leaders", actor=actor, at=at, said=said) as step:
        step.facts += saved(
            *(
                TopicLeader(
                    step=step.row,
                    part=each.part,
                    name=each.name.strip(),
                    title=each.title.strip(),
                    holder=each.holder,
                )
                for each in leaders
            )
        )


def send_topic_letter(*, topic: KeyTopic, actor: Actor, at: datetime, said: Said) -> None:
    """The special letter goes out: the supervision begins, and the organs are told."""
    require_text(said.number, field="number", complaint=_("Give the letter's document number."))
    with _taking(topic, "send_letter", actor=actor, at=at, said=said) as step:
        _tell_organs(step.topic, "topic.send_letter", actor=actor, at=at)


def plan_topic(
    *,
    topic: KeyTopic,
    actor: Actor,
    at: datetime,
    said: Said,
    clause: PaperClause | None = None,
) -> None:
    """Put the plan of its own on record; a later one stands beside the earlier."""
    require_text(said.text, field="text", complaint=_("Write what is done, by whom and by when."))
    with _taking(topic, "plan", actor=actor, at=at, said=said) as step:
        step.facts += saved(*cited(clause, actor=actor, step=step.row))


def report_topic(*, topic: KeyTopic, actor: Actor, at: datetime, said: Said) -> None:
    """Record the special report to the standing committee."""
    require_text(said.text, field="text", complaint=_("Say what the report says."))
    with _taking(topic, "report", actor=actor, at=at, said=said):
        pass


def record_vote(
    *, topic: KeyTopic, actor: Actor, at: datetime, count: Count, said: Said
) -> TopicVote:
    """Record the satisfaction vote with its minutes: it closes the topic or sends it on.

    The base comes from the rulebook. Raises ``Invalid`` for numbers that cannot be.
    """
    require_text(said.number, field="number", complaint=_("Name the minutes of the vote."))
    _require_possible(count)
    base = str(_rules_of(topic, at).key_topic.passed_by)
    passed = count.is_passed(base)
    name = "pass_vote" if passed else "fail_vote"
    with _taking(topic, name, actor=actor, at=at, said=said) as step:
        vote = TopicVote(
            step=step.row,
            members=count.members,
            present=count.present,
            in_favour=count.in_favour,
            against=count.against,
            abstained=count.abstained,
            base=base,
            passed=passed,
        )
        step.facts += saved(vote)
        _tell_organs(step.topic, f"topic.{name}", actor=actor, at=at)
    return vote


def _require_possible(count: Count) -> None:
    if count.members < 1 or count.present > count.members:
        said = _("More were present than the body has members.")
        raise Invalid(said, fields={"present": [said]})
    if count.in_favour + count.against + count.abstained > count.present:
        said = _("More votes were cast than members were present.")
        raise Invalid(said, fields={"in_favour": [said]})


# --- What they have in common


@dataclass(slots=True)
class _Taken:
    topic: KeyTopic
    row: TopicStep
    facts: list[Any]


@contextmanager
def _taking(
    topic: KeyTopic, name: str, *, actor: Actor, at: datetime, said: Said
) -> Iterator[_Taken]:
    """Lock the topic, ask its table, write the step; everything or nothing is kept."""
    require_past(said.on, at=at)
    with transaction.atomic():
        KeyTopic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
        require_as_read(actor)
        held = staged(KeyTopic.objects.select_related("congress", "session")).get(pk=topic.pk)
        read_along(held)
        brought: Mapping[str, Any] = {"rules": _rules_of(held, at)}
        TOPIC.check(TOPIC.find(name), actor=actor, case=held, brought=brought)
        step = TopicStep(
            topic=held,
            name=name,
            on=said.on,
            number=said.number.strip(),
            text=said.text.strip(),
            post=actor.post,
            at=at,
        )
        taken = _Taken(held, step, saved(step))
        yield taken
        subject = (TOPIC_TYPE, held.key)
        put_on_record(
            subject, f"topic.{name}", actor=actor, at=at, after=said.number, facts=taken.facts
        )


def _rules_of(topic: KeyTopic, at: datetime) -> Any:
    return rulebook_for(congress=topic.congress, session=topic.session, on=at.date())


def _tell_organs(topic: KeyTopic, event: str, *, actor: Actor, at: datetime) -> None:
    """The liaison officers of the organs that answer its suggestions."""
    organs = read_along(topic).answering_organs
    posts = Post.objects.filter(organ__in=organs, role=Role.LIAISON, standing=Standing.ACTIVE)
    outbox.tell(
        posts=posts,
        event=event,
        case=(TOPIC_TYPE, topic.key),
        title=topic.title,
        params={"title": topic.title},
        actor=actor,
        at=at,
    )
