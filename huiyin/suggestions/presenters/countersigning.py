"""Whose names stand under the present text of a reply, whose do not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.suggestions import cohandlers
from huiyin.suggestions.lifecycle import where
from huiyin.suggestions.models import Act, Assignment, Countersignature, Reply, ReplyFile
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.presenters.parts import file_of
from huiyin.suggestions.services.fixed_text import standing_names
from huiyin.suggestions.stages import HandlingRole
from huiyin.suggestions.steps import Scene
from huiyin.ui.days import plain_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One organ asked to countersign: its name stands, is awaited, or the time ran out.

    ``until`` is the day until which it is waited for; ``void`` says why an earlier name of it no
    longer stands.
    """

    organ: str
    who: str = ""
    at: datetime | None = None
    until: date | None = None
    is_over: bool = False
    void: Words = ""

    @property
    def stands(self) -> bool:
        return self.at is not None


def lead_part(file: CaseFile, part: Assignment) -> Assignment | None:
    """The lead organ's part of the same round."""
    return next(
        (
            each
            for each in file.parts
            if each.round == part.round
            and each.role == HandlingRole.LEAD
            and where.is_charged(each)
        ),
        None,
    )


def names(file: CaseFile, lead: Assignment) -> list[Name]:
    """Every organ asked about the present text, in order; none where nobody was asked."""
    own, reply = file_of(lead), present_text(lead)
    if own is None or reply is None:
        return []
    helping = cohandlers.helping(file.parts, round_=lead.round)
    asked = cohandlers.asked_for(reply, helping, file.acts, ruling=file.scene.ruling)
    was_asked = any(act.move == cohandlers.ASKED for act in file.acts)
    if not was_asked:
        return []
    earlier = _earlier(own)
    standing = {} if where.is_drafted(own) else _standing(own)
    return [_name(each, standing, earlier, file=file, own=own, reply=reply) for each in asked]


def present_text(lead: Assignment) -> Reply | None:
    """The last text that was sent to be checked."""
    own = file_of(lead)
    replies: list[Reply] = list(own.replies.all()) if own else []
    return replies[-1] if replies else None


def _standing(own: ReplyFile) -> dict[int, Countersignature]:
    return {each.assignment_id: each for each in standing_names(own)}


def _earlier(own: ReplyFile) -> dict[int, Countersignature]:
    """The last name each organ has put under any text of the file."""
    rows = Countersignature.objects.filter(reply__file=own).select_related("post__person")
    return {each.assignment_id: each for each in rows.order_by("pk")}


def _name(
    each: cohandlers.Asked,
    standing: dict[int, Countersignature],
    earlier: dict[int, Countersignature],
    *,
    file: CaseFile,
    own: ReplyFile,
    reply: Reply,
) -> Name:
    signed, once = standing.get(each.part.pk), earlier.get(each.part.pk)
    shown = signed or once
    return Name(
        organ=each.part.organ.name,
        who=shown.post.person.name if shown else "",
        at=signed.at if signed else None,
        until=each.until.date,
        is_over=each.is_over(file.scene.on),
        void=_void(once, file=file, own=own, reply=reply) if once and not signed else "",
    )


def _void(once: Countersignature, *, file: CaseFile, own: ReplyFile, reply: Reply) -> Words:
    """Why a name that was given no longer stands."""
    back = _sent_back_after(once, file.acts, own)
    if back is not None:
        words = {"day": plain_day(back.on), "why": back.why}
        if where.is_drafted(own):
            return _("void: the text was sent back on %(day)s: %(why)s") % words
        return _("void: the text was sent back on %(day)s and replaced: %(why)s") % words
    if once.reply_id != reply.pk:
        return _("void: another text has taken the place of the one that was signed")
    return _("void: the text is no longer the one that was signed")


def _sent_back_after(once: Countersignature, acts: Sequence[Act], own: ReplyFile) -> Act | None:
    later = [act for act in acts if act.reply_file_id == own.pk and act.move == "send_back"]
    return next((act for act in later if act.at >= once.at), None)


def known(scene: Scene, file: CaseFile) -> dict[str, Any]:
    """What the guards of co-handling ask for. Names are read only where a step hangs on them."""
    part = scene.part
    if part is None:
        return {}
    lead = lead_part(file, part)
    own = file_of(lead) if lead else None
    helping = cohandlers.helping(file.parts, round_=part.round)
    found: dict[str, Any] = {
        "lead_file": own,
        "co_parts": helping if part.role == HandlingRole.LEAD else [],
        "countersigned": False,
        "unsigned": [],
    }
    if own is None or lead is None or not _hangs_on_names(scene, own):
        return found
    standing = _standing(own)
    found["countersigned"] = part.pk in standing
    reply = present_text(lead)
    if part.role == HandlingRole.LEAD and reply is not None:
        asked = cohandlers.asked_for(reply, helping, file.acts, ruling=scene.ruling)
        found["unsigned"] = [
            (each.part.organ.name, each.until.date)
            for each in asked
            if each.part.pk not in standing and not each.is_over(scene.on)
        ]
    return found


def _hangs_on_names(scene: Scene, own: ReplyFile) -> bool:
    """Only for heads before a text in clearance, where the rules have it countersigned."""
    asked = scene.ruling.rules.cohandle.countersign and where.is_in_clearance(own)
    return asked and scene.actor.role == Role.HEAD
