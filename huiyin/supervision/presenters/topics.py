"""A key topic as its page shows it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.supervision.lifecycle import TOPIC
from huiyin.supervision.models import CitedClause, KeyTopic, PaperClause, TopicStep, TopicVote
from huiyin.supervision.presenters.page import Page, Section, clause_fact, facts, table
from huiyin.supervision.stages import Criterion, LeaderPart, PassedBy, SupervisionForm, TopicStage
from huiyin.supervision.supervising import acts_for
from huiyin.supervision.topics import cases_of, leaders_of, steps_of
from huiyin.ui.days import plain_day
from huiyin.ui.parts import Entry


def _cited(topic: KeyTopic) -> PaperClause | None:
    """The clause the latest plan rests on."""
    rows = CitedClause.objects.filter(step__topic=topic).select_related("clause__paper")
    found = rows.order_by("-pk").first()
    return found.clause if found else None


def page(actor: Actor, topic: KeyTopic) -> Page:
    """The topic with its suggestions, leaders, opinions, votes and story."""
    steps = list(steps_of(topic))
    return Page(
        title=topic.title,
        number=_("Key topic of %(year)s") % {"year": topic.year},
        tags=[TopicStage(topic.stage).label],
        facts=[
            *facts(
                (_("Proposed by"), topic.proposed_by or _("Congress office")),
                (_("Session"), topic.session.name),
                (_("Criteria"), "；".join(str(Criterion(each).label) for each in topic.criteria)),
                (_("Reasons"), topic.reasons),
                (pgettext("key topic", "Decided by"), _paper(steps, "decide")),
                (_("Special letter"), _paper(steps, "send_letter")),
            ),
            *clause_fact(_cited(topic)),
        ],
        sections=[
            _cases(actor, topic),
            _leaders(topic),
            _supervisions(actor, topic),
            _opinions(steps),
            _votes(steps),
        ],
        entries=entries(steps),
        papers=_papers(topic, steps),
    )


def _paper(steps: list[TopicStep], name: str) -> str:
    found = [each for each in steps if each.name == name]
    return f"{found[-1].number}（{plain_day(found[-1].on)}）" if found else ""


def _papers(topic: KeyTopic, steps: list[TopicStep]) -> list[tuple[str, Words]]:
    if not any(each.name == "send_letter" for each in steps):
        return []
    return [
        (reverse("supervision:topic_letter", args=[topic.key, ending]), words)
        for ending, words in (
            ("docx", _("Special letter, Word")),
            ("pdf", _("Special letter, PDF")),
        )
    ]


def _cases(actor: Actor, topic: KeyTopic) -> Section:
    rows = [
        (
            case.number or "",
            (case.title, reverse("suggestions:case", args=[case.key])),
            case.lead_organ.name if case.lead_organ else "",
            case.get_stage_display(),
            case.due_on or "",
        )
        for case in cases_of(topic, actor)
    ]
    heads = (_("No."), _("Title"), _("Organ"), _("Stage"), _("Reply due"))
    return Section(title=_("Suggestions of the topic"), table=table(heads, rows))


def _leaders(topic: KeyTopic) -> Section:
    rows = [(LeaderPart(each.part).label, each.name, each.title) for each in leaders_of(topic)]
    return Section(
        title=_("Leaders"),
        table=table((_("Part"), pgettext("person", "name"), _("Office held")), rows),
        empty=_("Nobody has been named yet."),
    )


def _supervisions(actor: Actor, topic: KeyTopic) -> Section:
    rows = [
        (
            each.held_on,
            (each.title, reverse("supervision:act", args=[each.key])),
            SupervisionForm(each.form).label,
        )
        for each in acts_for(actor).filter(topic=topic)
    ]
    return Section(
        title=_("Acts of supervision"),
        table=table((_("Day"), _("What"), pgettext("supervision", "How")), rows),
        empty=_("None has been recorded yet."),
    )


def _opinions(steps: list[TopicStep]) -> Section:
    rows = [
        (each.opinion.organ.name, each.opinion.get_view_display(), each.text)
        for each in steps
        if hasattr(each, "opinion")
    ]
    return Section(
        title=_("Opinions asked"),
        table=table((_("Body"), _("Opinion"), _("What is said")), rows),
        empty=_("No opinion is on record."),
    )


def _votes(steps: list[TopicStep]) -> Section:
    heads = (
        _("Day"),
        _("Minutes of the vote"),
        pgettext("vote", "In favour"),
        pgettext("vote", "Against"),
        pgettext("vote", "Abstained"),
        _("Present of members"),
        _("Base"),
        pgettext("vote", "Result"),
    )
    rows = [_vote(each, each.vote) for each in steps if hasattr(each, "vote")]
    return Section(
        title=_("Satisfaction votes"),
        table=table(heads, rows, nums=(2, 3, 4)),
        empty=_("No vote has been held yet."),
    )


def _vote(step: TopicStep, vote: TopicVote) -> tuple[Any, ...]:
    return (
        step.on,
        step.number,
        str(vote.in_favour),
        str(vote.against),
        str(vote.abstained),
        f"{vote.present} / {vote.members}",
        _("more than half of: %(base)s") % {"base": PassedBy(vote.base).label},
        _("passed, closed") if vote.passed else _("not passed, continued next year"),
    )


def entries(steps: list[TopicStep]) -> list[Entry]:
    """The steps in order, each with who took it in which post."""
    return [
        Entry(
            at=each.at,
            what=TOPIC.find(each.name).label,
            who=each.post.person.name,
            post=each.post.title,
            said="\n".join(filter(None, (each.number, each.text))),
        )
        for each in steps
    ]
