"""What is still missing before a text passes a level (核稿、签发). Shaped as in ``guards``.

Beside what every step brings: ``clearing``, where the text stands and who clears what; ``cleared``
and ``digest``, of the text that was sent to be checked and of the one that lies there now;
``levels``, those a text would be sent under; ``findings`` of its look-through and ``confirmed``,
the keys of those its sender keeps; ``taken_over`` as in ``claiming``.
"""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.actor import Actor
from huiyin.kernel.errors import Words
from huiyin.rulebook import ReplySigner, Rulebook
from huiyin.rulebook.text_checks import Finding
from huiyin.suggestions.clearance import Clearing
from huiyin.suggestions.lifecycle.guards import Brought
from huiyin.suggestions.models import ReplyFile

# --- Before it is sent


def levels_suffice(case: ReplyFile, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["taken_over"] or len(brought["levels"]) >= rules.clearance.levels:
        return None
    return _("The rules ask for %(count)s levels of clearance; set those of your organ first.") % {
        "count": rules.clearance.levels
    }


def text_is_in_order(case: ReplyFile, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["taken_over"] or not rules.clearance.text_checks:
        return None
    return next((said(each) for each in brought["findings"] if each.blocking), None)


def warnings_are_confirmed(case: ReplyFile, brought: Brought) -> Words | None:
    rules: Rulebook = brought["rules"]
    if brought["taken_over"] or not rules.clearance.text_checks:
        return None
    left = [each for each in brought["findings"] if each.key not in brought["confirmed"]]
    if not left:
        return None
    return _("Confirm first that this stays as it is: %(finding)s") % {"finding": said(left[0])}


def said(finding: Finding) -> Words:
    """The words, what is wrong with them, and what to do."""
    language = get_language() or ""
    return _("“%(text)s”: %(fault)s. %(do)s") % {
        "text": finding.text,
        "fault": finding.rule.said.said_in(language),
        "do": finding.rule.do.said_in(language),
    }


# --- At each level


def text_is_unchanged(case: ReplyFile, brought: Brought) -> Words | None:
    """A text kept before digests were has none to compare; the record still holds its facts."""
    if not brought["cleared"] or brought["cleared"] == brought["digest"]:
        return None
    return _(
        "The text or a file of it is no longer what was sent to be checked. Nothing given to it "
        "holds; send it back, and let the keeper of the system look into it."
    )


def signature_is_not_due(case: ReplyFile, brought: Brought) -> Words | None:
    clearing: Clearing = brought["clearing"]
    return _("Only the signature is left.") if clearing.due == clearing.last else None


def has_a_level_ahead(case: ReplyFile, brought: Brought) -> Words | None:
    clearing: Clearing = brought["clearing"]
    actor: Actor = brought["actor"]
    if any(clearing.holds(actor, number) for number in range(clearing.due, clearing.last)):
        return None
    return _("You hold no level that this text still has to pass.")


def signature_is_mine(case: ReplyFile, brought: Brought) -> Words | None:
    clearing: Clearing = brought["clearing"]
    if clearing.holds(brought["actor"], clearing.last):
        return None
    return _("In your organ %(names)s signs.") % {"names": clearing.who(clearing.last)}


def level_is_reached(case: ReplyFile, brought: Brought) -> Words | None:
    clearing: Clearing = brought["clearing"]
    return None if clearing.holds(brought["actor"], clearing.due) else _waits(clearing)


def levels_before_are_passed(case: ReplyFile, brought: Brought) -> Words | None:
    clearing: Clearing = brought["clearing"]
    return None if clearing.due == clearing.last else _waits(clearing)


def passes_one_level_only(case: ReplyFile, brought: Brought) -> Words | None:
    """Nobody passes one text twice, nor a level that another can while his own waits for him."""
    clearing: Clearing = brought["clearing"]
    actor: Actor = brought["actor"]
    others = clearing.others(actor)
    if not others:
        return None
    if clearing.has_passed(actor):
        return _("You have passed this text before; this level is for %(names)s.") % {
            "names": others[0].name
        }
    if later := clearing.needed_later(actor):
        return _("Only you clear %(level)s; leave this one to %(names)s.") % {
            "level": clearing.said(later),
            "names": others[0].name,
        }
    return None


def signer_is_the_main_head(case: ReplyFile, brought: Brought) -> Words | None:
    """As far as the posts tell: whoever has an earlier level by name is not the main head."""
    rules: Rulebook = brought["rules"]
    clearing: Clearing = brought["clearing"]
    if rules.reply.signer != ReplySigner.MAIN_HEAD:
        return None
    own = brought["actor"].post_key
    if any(level.post == own for level in list(clearing.levels)[:-1]):
        return _("The rules ask for the signature of the main head; you clear an earlier level.")
    return None


def _waits(clearing: Clearing) -> Words:
    return _("It waits at %(level)s, for %(names)s.") % {
        "level": clearing.said(clearing.due),
        "names": clearing.who(clearing.due),
    }
