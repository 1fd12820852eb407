"""How a signed reply reaches the deputies: what is still missing, and the rows.

Beside what every step brings: ``consent``, the deputy's to a reply that is not given in person;
``held_on``, ``present`` and ``scan`` of an answer given in person; ``delivery``,
``is_received`` and ``received_on`` of a paper that a deputy signed for.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Words
from huiyin.kernel.workflow import Move
from huiyin.rulebook import ReplyForm, Rulebook
from huiyin.suggestions import rules as who
from huiyin.suggestions.lifecycle import clearance, guards
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import ReplyFile
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.stages import ReplyStage


def face_first_or_consent(case: ReplyFile, brought: Brought) -> Words | None:
    """青岛市条例第28条：以面复为主，采取其他方式的应当征得代表同意.

    What is told of a time before this house was set up is not asked for it.
    """
    rules: Rulebook = brought["rules"]
    asked = rules.reply.form == ReplyForm.FACE_FIRST and brought["via"] == Via.PAGE
    if asked and not brought["consent"].strip():
        return _("Answer face to face, or say how the deputy agreed to another form.")
    return None


def held_by_now(case: ReplyFile, brought: Brought) -> Words | None:
    if brought["held_on"] > brought["on"]:
        return _("An answer in person is recorded after it was given.")
    return None


def deputy_was_there(case: ReplyFile, brought: Brought) -> Words | None:
    if not brought["present"]:
        return _("Name at least one deputy who was there.")
    return None


def signed_record_opens(case: ReplyFile, brought: Brought) -> Words | None:
    if brought["scan"] is None:
        return _("Attach the scan of the record the deputy has signed.")
    return None


def not_received_yet(case: ReplyFile, brought: Brought) -> Words | None:
    if brought["delivery"] is None:
        return _("The reply was not delivered to this deputy.")
    if brought["is_received"]:
        return _("It is on record already that the deputy has the reply.")
    return None


def received_after_delivery(case: ReplyFile, brought: Brought) -> Words | None:
    day, delivery = brought["received_on"], brought["delivery"]
    if day > brought["on"]:
        return _("This day has not come yet.")
    if delivery and day < delivery.at.astimezone(ZONE).date():
        return _("It was signed for after it was delivered.")
    return None


MOVES = (
    Move(
        name="deliver",
        label=p_("step", "Deliver to the deputies"),
        consequence=_("Each deputy who signed receives it and the lead deputy may rate it."),
        sources=frozenset({ReplyStage.SIGNED}),
        target=ReplyStage.DELIVERED,
        allowed=who.delivers_reply,
        guards=(
            guards.assignment_is_open,
            clearance.text_is_unchanged,
            face_first_or_consent,
        ),
        primary=True,
        clock="reply stops, feedback starts",
        notice="deputies,clerks,electing_unit",
        document="reply letter, consultation form",
        basis="代表法（2025）第51条；上海市规定第20条",
    ),
    Move(
        name="deliver_in_person",
        label=p_("step", "Record an answer face to face"),
        consequence=_("The reply counts as delivered on the day this record is entered."),
        sources=frozenset({ReplyStage.SIGNED}),
        target=ReplyStage.DELIVERED,
        allowed=who.delivers_reply,
        guards=(
            guards.assignment_is_open,
            clearance.text_is_unchanged,
            held_by_now,
            deputy_was_there,
            signed_record_opens,
        ),
        clock="reply stops, feedback starts",
        notice="deputies,clerks,electing_unit",
        document="face-to-face record",
        basis="山东省条例第20条、第22条；青岛市条例第28条",
    ),
    Move(
        name="sign_for",
        label=p_("step", "Enter a receipt for the paper reply"),
        consequence=_("It is on record from when on the deputy has the reply."),
        sources=frozenset({ReplyStage.DELIVERED}),
        target=None,
        allowed=who.enters_receipt,
        guards=(not_received_yet, received_after_delivery),
        notice="",
        basis="重庆市条例第27条“自收到答复函之日起”",
    ),
)
