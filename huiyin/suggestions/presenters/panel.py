"""What this reader can do now, read from the lifecycle tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Guard, Move
from huiyin.suggestions import rules
from huiyin.suggestions.clearance import Clearing, clearing_of, holders_in
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.lifecycle import (
    TABLES,
    claiming,
    clearance,
    cohandling,
    contacting,
    extending,
    guards,
    handing,
    is_being_written,
    rating,
    where,
)
from huiyin.suggestions.models import Assignment, ReplyFile
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.presenters import countersigning, disputes
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.ruling import longest_due
from huiyin.suggestions.stages import ANSWERING, ReplyStage
from huiyin.suggestions.steps import STEPS, Scene, Step
from huiyin.ui.days import short_day

# Guards that judge by what the page knows already. Where one of the first kind says no, the step
# is not for now and is left out; the others are told, so that the reader knows what is awaited.
LEFT_OUT = (
    guards.agrees_once,
    guards.no_verdict_yet,
    guards.wording_waits,
    guards.is_merged,
    guards.deputy_wants_no_reply,
    guards.not_rated_this_round,
    guards.result_not_satisfied,
    guards.withdrawal_is_open,
    contacting.is_of_the_last_round,
    contacting.something_is_lacking,
    contacting.not_waived_yet,
    handing.offices_assign,
    handing.lies_with_congress,
    rating.rating_is_open,
    rating.deputy_did_not_rate_himself,
    rating.each_deputy_rates,
    rating.not_rated_by_himself,
    rating.refused_again,
    extending.is_first_round,
    extending.none_waits,
    extending.one_waits,
    extending.times_are_left,
    extending.room_is_left,
    extending.another_asked,
    cohandling.not_returned_before,
    cohandling.reply_is_written,
    cohandling.rules_ask_for_it,
    cohandling.text_is_in_clearance,
    cohandling.not_countersigned_yet,
    *disputes.LEFT_OUT,
    clearance.signature_is_not_due,
    clearance.has_a_level_ahead,
    clearance.signature_is_mine,
    claiming.not_rated_yet,
)
TOLD = (
    guards.mandate_is_in_force,
    guards.signer_is_in_office,
    guards.cosigners_agree_to_withdraw,
    guards.verdicts_are_in,
    guards.wording_is_answered,
    guards.feedback_limit_is_over,
    guards.suggestion_is_in_handling,
    guards.assignment_is_open,
    clearance.level_is_reached,
    clearance.levels_before_are_passed,
    clearance.passes_one_level_only,
    clearance.signer_is_the_main_head,
    contacting.spoken_before_handling,
    contacting.spoken_before_reply,
    contacting.no_answer_is_awaited,
    extending.asked_in_time,
    cohandling.countersigned_first,
    rating.measure_is_recorded,
)
# Told where the reply is written: it may be begun before the opinions are in.
TOLD_WHEN_SENT = (cohandling.opinions_are_in, cohandling.opinions_are_marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step in the panel: a button, a form that opens in place, or the way to its own page."""

    label: Words
    url: str
    after: Words
    kind: str = "quiet"
    form: StepForm | None = None
    why_not: Words = ""
    confirm: Words = ""
    page_url: str = ""
    # Sent along unseen by a step without questions.
    fields: tuple[tuple[str, str], ...] = ()
    open: bool = False

    @property
    def template(self) -> str:
        """The partial of a form that is laid out in its own way."""
        return getattr(self.form, "template", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A step open to the reader, before it is decided which one stands first."""

    step: Step
    scene: Scene
    why_not: Words = ""

    @property
    def leads_on(self) -> bool:
        """Whether it is the step that carries the case on, and nothing is missing for it."""
        row = self.step.row
        stays = where.stays_at(row, self.scene.subject(self.step.table))
        return row.primary and not stays and not self.why_not


def acts(file: CaseFile) -> list[Act]:
    """The steps open to the reader, the one that carries the case on first."""
    found = sorted(_found(file), key=lambda one: (one.step.danger, not one.leads_on))
    first = next((one for one in found if one.leads_on), None)
    shown = [_act(one, seen=file.seen, primary=one is first) for one in found]
    if edit := _way_to_the_draft(file, primary=first is None):
        shown.insert(0, edit)
    return shown


def reply_acts(file: CaseFile, part: Assignment) -> list[Act]:
    """The steps open to the reader on one organ's reply, to be taken where its text is shown."""
    mine = [one for one in _found(file) if _is_on_reply(one, part)]
    first = next((one for one in mine if one.leads_on), None)
    return [_act(one, seen=file.seen, primary=one is first, in_place=True) for one in mine]


def _is_on_reply(one: Found, part: Assignment) -> bool:
    of_part = one.scene.part is not None and one.scene.part.pk == part.pk
    return of_part and one.step.table == Table.REPLY


def why_not_sent(file: CaseFile, part: Assignment) -> Words:
    """What stands against sending the reply to be checked."""
    for one in _found(file):
        if _is_on_reply(one, part) and one.step.name == "send_to_check":
            known = _known(one.scene, file)
            return one.why_not or _missing(one.step.row, part, known, told=TOLD_WHEN_SENT)
    return ""


def acts_on(file: CaseFile, part: Assignment) -> list[Act]:
    """The steps open to the reader on one organ's part, to be taken on the page of that part."""
    mine = list(_of_table(Table.ASSIGNMENT, _scene_of(file, part), file))
    return [_act(one, seen=file.seen, primary=one.leads_on, in_place=True) for one in mine]


def _way_to_the_draft(file: CaseFile, *, primary: bool) -> Act | None:
    case = file.case
    if not (is_being_written(case) and rules.writes_it(file.scene.actor, case)):
        return None
    return Act(
        label=_("Go on writing"),
        url="",
        page_url=reverse("suggestions:edit", args=[case.key]),
        after=_("What you have typed is kept; only those who sign can see it."),
        kind="primary" if primary else "quiet",
    )


def _found(file: CaseFile) -> Iterator[Found]:
    scene = file.scene
    yield from _of_table(Table.SUGGESTION, scene, file)
    for part in _parts_to_act_on(file):
        own = _scene_of(file, part)
        yield from _of_table(Table.ASSIGNMENT, own, file)
        if part.role in ANSWERING:
            yield from _of_table(Table.REPLY, own, file)
    for part in file.present_parts:
        # What else the lead organ may do beside another stands on the page of that part.
        if where.has_given_opinion(part) and not part.opinion_mark:
            offered = _of_table(Table.ASSIGNMENT, _scene_of(file, part), file)
            yield from (one for one in offered if one.step.name == "mark_opinion")


def _scene_of(file: CaseFile, part: Assignment) -> Scene:
    """The reader before one organ's part, with what the page has read already."""
    scene = file.scene
    own = Scene(actor=scene.actor, at=scene.at, case=scene.case, part=part)
    own.__dict__["ruling"] = scene.ruling
    reply = file_of(part) or ReplyFile(stage=ReplyStage.DRAFTING)
    reply.assignment = part
    lead = countersigning.lead_part(file, part)
    own.__dict__["file"] = reply
    own.__dict__["lead_file"] = file_of(lead) if lead else None
    return own


def _parts_to_act_on(file: CaseFile) -> list[Assignment]:
    """Those of the reader's own organ, and those on which the office has to decide."""
    own = file.own_parts
    beside = [part for part in file.present_parts if part not in own]
    return own + [
        part
        for part in beside
        if part.extension_until or disputes.concerns(file, part) or file.unreceived(part)
    ]


def _of_table(table: Table, scene: Scene, file: CaseFile) -> Iterator[Found]:
    subject = scene.subject(table)
    known = _known(scene, file)
    for row in TABLES[table].open_to(scene.actor, subject):
        step = STEPS.get((table, row.name))
        if step is None or _is_left_out(row, subject, known):
            continue
        yield Found(step=step, scene=scene, why_not=_missing(row, subject, known))


def _is_left_out(row: Move, subject: Any, known: Mapping[str, Any]) -> bool:
    return any(guard(subject, known) for guard in row.guards if guard in LEFT_OUT)


def _missing(
    row: Move, subject: Any, known: Mapping[str, Any], *, told: Sequence[Guard] = TOLD
) -> Words:
    for guard in row.guards:
        if guard in told and (said := guard(subject, known)):
            return said
    return ""


def _known(scene: Scene, file: CaseFile) -> dict[str, Any]:
    """What the guards may ask for, as far as the page knows it before a step is taken."""
    actor, version = scene.actor, file.version
    verdicts = {
        (each.part, each.organ_id)
        for each in file.verdicts
        if version and each.version_id == version.pk
    }
    by_government = actor.role == Role.GOVERNMENT_CLERK
    return {
        "rules": scene.ruling.rules,
        "calendar": scene.ruling.calendar,
        "on": scene.on,
        "actor": actor,
        "verdicts": verdicts,
        "part": "government_office" if by_government else "committee",
        "organ_id": None if by_government else actor.organ_id,
        "wording_waits": file.wording is not None,
        "agreed": {act.post_id for act in file.acts if act.move == "agree_to_withdraw"},
        "clearing": clearing_in(file, scene.part),
        "spoken": file.spoken(scene.part) if scene.part else None,
        "waived": all(file.spoken(part).waived for part in file.present_parts[:1]),
        "longest": _longest(scene),
        "asked_by": _asked_by(scene, file),
        **countersigning.known(scene, file),
        **disputes.known(scene, file),
    }


def _longest(scene: Scene) -> date | None:
    """The last day an extension of the organ's part may reach."""
    if scene.part is None:
        return None
    close = scene.case.session.closes_on
    return longest_due(scene.part, ruling=scene.ruling, session_close=close)


def _asked_by(scene: Scene, file: CaseFile) -> int | None:
    """Who asked for the extension that waits."""
    asked = [
        act.post.person_id
        for act in file.acts
        if scene.part and act.assignment_id == scene.part.pk and act.move == "ask_extension"
    ]
    return asked[-1] if asked else None


def clearing_in(file: CaseFile, part: Assignment | None) -> Clearing | None:
    """Where the organ's text stands among its levels. Asked only while it goes through them."""
    own = file_of(part) if part and file.sight.writes_for(part.organ_id) else None
    if part is None or own is None or not where.is_in_clearance(own):
        return None
    if part.pk not in file.clearings:
        acts = [act for act in file.acts if act.reply_file_id == own.pk]
        holders = holders_in(part.organ_id, on=file.scene.on)
        file.clearings[part.pk] = clearing_of(own, acts=acts, holders=holders)
    return file.clearings[part.pk]


def _act(one: Found, *, seen: int, primary: bool, in_place: bool = False) -> Act:
    step, scene = one.step, one.scene
    kind = "primary" if primary else ("danger" if step.danger else "quiet")
    page = "" if in_place else step.page(scene)
    # A form that is only linked to need not be made.
    form = None if page or one.why_not else step.blank(scene, seen=seen)
    asks = form is not None and form.asks
    hidden = [(field.name, field.value()) for field in form.hidden_fields()] if form else []
    return Act(
        label=_page_label(step, scene) if page else step.row.label,
        url=step.url(scene),
        page_url=page,
        after=_page_after(step, scene) if page else step.consequence(scene),
        kind=kind,
        form=form if asks else None,
        fields=tuple((name, str(value)) for name, value in hidden if value is not None),
        why_not=one.why_not,
        confirm=step.confirm,
        open=primary,
    )


def _page_label(step: Step, scene: Scene) -> Words:
    """What the way to a page is called, where the step itself comes later."""
    if step.name == "mark_opinion":
        return _("Judge the opinion of %(organ)s") % {"organ": scene.charge.organ.name}
    own = {
        "send_to_check": _("Write the reply"),
        "pass_check": _("Read and check the reply"),
        "sign": _("Read and sign the reply"),
        "submit": _("Preview and submit"),
        "invite": _("Co-signers and attachments"),
    }
    return own.get(step.name, step.row.label)


def _page_after(step: Step, scene: Scene) -> Words:
    """What a page is for, where its step comes only at its end."""
    if step.name != "send_to_check":
        return step.consequence(scene)
    due_on = scene.charge.due_on
    if due_on is None:
        return _("Each request is answered by itself; what you type is kept.")
    words = {"date": short_day(due_on)}
    return _("Each request is answered by itself, by %(date)s; what you type is kept.") % words


# --- Whom it waits for
