"""The content of a case's page: its text, its rounds, its replies, its review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import CLASS_SCHEMES, Rulebook
from huiyin.suggestions import held
from huiyin.suggestions.breakdown import items_of
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import RequestItem
from huiyin.suggestions.models.texts import FormedBy, PublishScope, RaisedBefore
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.stages import HandlingRole, Stage
from huiyin.suggestions.texts import SuggestionText
from huiyin.ui import parts
from huiyin.ui.parts import Fact

# --- Stage track


def track(file: CaseFile) -> list[parts.Stage]:
    """The way of a case in order, the present stage named; an end off the way stands last."""
    case = file.case
    way = [
        (Stage.DRAFT, _("Writing"), None),
        (Stage.SUBMITTED, _("Review"), case.submitted_on),
        (Stage.REGISTERED, _("Registration and assignment"), case.registered_on),
        (Stage.IN_HANDLING, _handling_label(file), case.first_assigned_on),
        (Stage.REPLIED, _("Reply and rating"), case.replied_on),
        (Stage.CLOSED, _("Closed"), case.closed_on),
    ]
    known = [stage for stage, _label, _day in way]
    here = Stage.DRAFT if where.is_returned(case) else Stage(case.stage)
    if here in known:
        at = known.index(here)
        return [
            parts.Stage(label=label, on=day, state=_state(index, at=at))
            for index, (_stage, label, day) in enumerate(way)
        ]
    reached = [(label, day) for _stage, label, day in way[1:] if day]
    first = parts.Stage(label=way[0][1], state="done")
    done = [parts.Stage(label=label, on=day, state="done") for label, day in reached]
    return [first, *done, parts.Stage(label=here.label, state="now")]


def _handling_label(file: CaseFile) -> Words:
    if file.case.round > 1:
        return _("Handling, round %(number)s") % {"number": file.case.round}
    return _("Handling")


def _state(index: int, *, at: int) -> parts.Progress:
    if index == at:
        return "now"
    return "done" if index < at else "later"


# --- The text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one organ answered to a request. ``round`` is named only when there are several."""

    round: int
    organ: str
    text: str
    outcome: str
    outcome_label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """An organ that a request is the business of."""

    organ: str
    role: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request with the organs charged with it and the answers given to it."""

    text: str
    charged: Sequence[Charged] = ()
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the deputy wrote, in force or still being written."""

    title: str
    situation: str
    asks: Sequence[Ask]
    wishes: Sequence[Fact]
    is_draft: bool = False


def text(file: CaseFile) -> Text | None:
    """The text in force; before there is one, the draft, for those who may read it."""
    if file.version is not None:
        requests = list(file.version.requests.all())
        charged = _charged(file, requests)
        asks = [
            Ask(text=item.text, charged=charged[item.pk], answers=_answers(file, item.pk))
            for item in requests
        ]
        written = SuggestionText.of_version(file.version, [item.text for item in requests])
        return _text(written, asks, is_draft=False)
    if file.draft is not None:
        written = SuggestionText.of_draft(file.draft.content)
        asks = [Ask(text=item) for item in written.requests if item.strip()]
        return _text(written, asks, is_draft=True)
    return None


def _text(written: SuggestionText, asks: list[Ask], *, is_draft: bool) -> Text:
    return Text(
        title=written.title,
        situation=written.situation,
        asks=asks,
        wishes=_wishes(written),
        is_draft=is_draft,
    )


def _wishes(written: SuggestionText) -> list[Fact]:
    formed, before = dict(FormedBy.choices), dict(RaisedBefore.choices)
    scope = dict(PublishScope.choices)
    comma = _(", ")
    found = [
        Fact(label=_("Publication"), value=scope[written.publish_scope]),
        Fact(label=_("Raised before"), value=before[written.raised_before]),
    ]
    if written.formed_by:
        value = comma.join(str(formed[each]) for each in written.formed_by)
        found.append(Fact(label=_("How it came about"), value=value))
    if written.wants_contact:
        found.append(Fact(label=_("Contact"), value=_("Wishes to be spoken with")))
    if written.waives_contact:
        found.append(Fact(label=_("Contact"), value=_("No contact is needed")))
    if written.wants_no_reply:
        found.append(Fact(label=_("Reply"), value=_("For reference; no written reply needed")))
    if written.organ_hint:
        found.append(Fact(label=_("Organ proposed by the deputy"), value=written.organ_hint))
    return found


def _charged(file: CaseFile, requests: list[RequestItem]) -> dict[int, list[Charged]]:
    """Whose business each request is in the running round."""
    found: dict[int, list[Charged]] = {item.pk: [] for item in requests}
    for part in file.present_parts:
        if where.is_stopped(part):
            continue
        who = Charged(organ=part.organ.name, role=HandlingRole(part.role).label)
        for item in items_of(part, requests):
            found[item.pk].append(who)
    return found


def _answers(file: CaseFile, request_id: int) -> list[Answer]:
    found = []
    for part in file.parts:
        reply = file.delivered(part)
        if reply is None:
            continue
        for point in reply.points.all():
            if point.request_id == request_id:
                found.append(
                    Answer(
                        round=part.round if file.case.round > 1 else 0,
                        organ=held.name_on(part, reply.letter_on),
                        text=point.answer,
                        outcome=reply.outcome_class,
                        outcome_label=class_label(reply.outcome_class),
                    )
                )
    return found


def class_label(code: str, *, rules: Rulebook | None = None) -> Words:
    """The words of an outcome class; of the rulebook's scheme first, else of any that has it."""
    language = get_language() or ""
    schemes = [rules.classes.scheme] if rules else []
    for scheme in (*schemes, *CLASS_SCHEMES.values()):
        if code in scheme.codes:
            return scheme.find(code).label.said_in(language)
    return ""
