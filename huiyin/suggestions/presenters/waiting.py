"""Who is at work on a case, when the next step is not the reader's."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.errors import Words
from huiyin.suggestions.clearance import Clearing
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Assignment
from huiyin.suggestions.presenters import disputes
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.panel import clearing_in
from huiyin.suggestions.stages import Stage
from huiyin.ui.days import short_day


def waiting_for(file: CaseFile) -> Words:
    """One sentence for a reader who has nothing to do: who is at work, and until when."""
    case = file.case
    if where.is_handled(case):
        return _waiting_for_organs(file)
    if where.is_reviewed(case):
        return _waiting_for_review(file)
    name = case.lead.person.name
    if where.is_replied(case):
        until = file.scene.feedback_due()
        if case.is_rated and case.round > 1:
            return _("It waits for the congress body, after a second “not satisfied”.")
        if case.is_rated or until is None:
            return _("It waits for the congress office to decide on handling it again.")
        if case.rating_open_until and file.rates_this_round:
            words = {"name": name, "date": short_day(case.rating_open_until)}
            return _("Rated; %(name)s may change it until %(date)s, then it is final.") % words
        words = {"name": name, "date": short_day(until.date)}
        return _("It waits for %(name)s to rate the handling, until %(date)s.") % words
    return {
        Stage.DRAFT: _("It waits for %(name)s to finish and submit it.") % {"name": name},
        Stage.RETURNED: _("It waits for %(name)s to revise and submit it again.") % {"name": name},
        Stage.REGISTERED: _waiting_for_assignment(file),
        Stage.CLOSED: _("It is closed. Everything stays on record."),
        Stage.NOT_ACCEPTED: _("It was not accepted. Everything stays on record."),
        Stage.REFERENCE_ONLY: _("It was passed on for study; no written reply follows."),
        Stage.WITHDRAWN: _("It was withdrawn. Everything stays on record."),
    }[Stage(case.stage)]


def _waiting_for_assignment(file: CaseFile) -> Words:
    office = file.case.office
    if office is None:
        return _("It waits for the congress office to assign it.")
    return _("It waits for %(organ)s to assign it.") % {"organ": office.name}


def _waiting_for_review(file: CaseFile) -> Words:
    if file.wording is not None:
        words = {"name": file.case.lead.person.name}
        return _("It waits for %(name)s to answer the proposed wording.") % words
    return _("It waits for the congress office to review it.")


def _waiting_for_organs(file: CaseFile) -> Words:
    said = []
    for part in file.present_parts:
        if where.is_owed(part):
            said.append(_organ_waited_for(part, clearing_in(file, part)))
    if not said:
        return _("The organs have done their part.")
    comma = pgettext("between organs", "; ")
    return _("It waits for: %(organs)s.") % {"organs": comma.join(said)}


def _organ_waited_for(part: Assignment, cleared: Clearing | None) -> str:
    stage = part.get_stage_display()
    if cleared:
        # Its own people read at which level their text lies, and with whom.
        names = {"level": cleared.said(cleared.due), "names": cleared.who(cleared.due)}
        stage = _("at %(level)s, with %(names)s") % names
    if where.is_contested(part):
        return disputes.waited_for(part)
    words = {
        "organ": part.organ.name,
        "stage": stage,
        "date": short_day(part.due_on) if part.due_on else "",
    }
    if part.due_on:
        return _("%(organ)s (%(stage)s, due %(date)s)") % words
    return _("%(organ)s (%(stage)s)") % words
