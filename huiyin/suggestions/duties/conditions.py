"""The rows behind each duty, as one SQL condition for the actor in his post."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.accounts.models import Standing as InOffice
from huiyin.suggestions.contacts import to_check
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Rating,
    ResponsibilitySystem,
    ReviewRequest,
    Signature,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.review import ReviewPart
from huiyin.suggestions.rules import shares_out
from huiyin.suggestions.selectors import given_to
from huiyin.suggestions.stages import (
    OPEN_ASSIGNMENT,
    AssignmentStage,
    ReplyStage,
    Signing,
    Stage,
)

Condition = Callable[[Actor], Q]
STARTED = (AssignmentStage.ACKNOWLEDGED, AssignmentStage.HANDLING)

# --- Deputies


def asked_to_sign(actor: Actor) -> Q:
    asked = Signature.objects.filter(
        suggestion=OuterRef("pk"), deputy=actor.post_id, standing=Signing.INVITED
    )
    return Q(Exists(asked), stage__in=(Stage.DRAFT, Stage.RETURNED))


def mine(*stages: str) -> Condition:
    return lambda actor: Q(lead=actor.post_id, stage__in=stages)


def contact_to_check(actor: Actor) -> Q:
    """An organ says that it spoke with him, and nobody has said whether it was so."""
    return Q(pk__in=to_check(actor).values("assignment__suggestion"))


def wording_waits(actor: Actor) -> Q:
    """The latest proposal is of the present version: an answer to it makes a newer act."""
    return Q(lead=actor.post_id) & open_wording()


def open_wording() -> Q:
    proposed = WordingProposal.objects.filter(suggestion=OuterRef("pk"))
    last = Act.objects.filter(
        suggestion=OuterRef("pk"),
        move__in=("propose_wording", "accept_wording", "refuse_wording"),
    ).order_by("-seq")
    return Q(Exists(proposed), stage=Stage.SUBMITTED) & Q(
        pk__in=Suggestion.objects.filter(stage=Stage.SUBMITTED)
        .annotate(last_word=last.values("move")[:1])
        .filter(last_word="propose_wording")
        .values("pk")
    )


def to_rate(actor: Actor) -> Q:
    return Q(lead=actor.post_id) & unrated()


def unrated() -> Q:
    rated = Rating.objects.filter(suggestion=OuterRef("pk"), round=OuterRef("round"), counted=True)
    return Q(~Exists(rated), stage=Stage.REPLIED)


def unsettled() -> Q:
    """Answered, without a rating that is final.

    To all but the deputies and the congress office an open rating is no rating: a row that left
    their list would tell them it was there.
    """
    return Q(stage=Stage.REPLIED, attitude="", result="")


def to_be_rated(actor: Actor) -> Q:
    knows = actor.role in (Role.CLERK, Role.DEPUTY)
    return unrated() if knows else unsettled()


# --- The congress office


def to_review(actor: Actor) -> Q:
    """Submitted, with no party's verdict and no deputy's answer outstanding."""
    return Q(stage=Stage.SUBMITTED) & ~open_wording() & ~verdict_awaited()


def verdict_awaited() -> Q:
    given = Verdict.objects.filter(
        suggestion=OuterRef("suggestion"), part=OuterRef("part"), version=_last_version()
    ).filter(Q(organ=OuterRef("organ")) | Q(organ__isnull=True, part=ReviewPart.GOVERNMENT_OFFICE))
    asked = ReviewRequest.objects.filter(~Exists(given), suggestion=OuterRef("pk"))
    return Q(Exists(asked))


def _last_version() -> Subquery:
    versions = Version.objects.filter(suggestion=OuterRef("suggestion")).order_by("-ordinal")
    return Subquery(versions.values("pk")[:1])


def to_assign(actor: Actor) -> Q:
    """Registered, and not handed to an office."""
    return Q(stage=Stage.REGISTERED, office__isnull=True)


def to_share_out(actor: Actor) -> Q:
    """Handed to the actor's own office, where his post is one that shares out."""
    if not shares_out(actor):
        return Q(pk__in=())
    return Q(stage=Stage.REGISTERED, office=actor.organ_id)


def to_order(actor: Actor) -> Q:
    """Rated as not satisfied where the congress body decides about a new round."""
    return _found_wanting() & Q(round=1)


def refused_again(actor: Actor) -> Q:
    """Not satisfied with a second reply: the congress body's own matter."""
    return _found_wanting() & Q(round__gt=1)


def _found_wanting() -> Q:
    """What is final and still stands there: everything else has been closed or handed on."""
    return Q(stage=Stage.REPLIED) & ~Q(attitude="", result="")


def extension_asked(actor: Actor) -> Q:
    """An organ's wish for more time waits for the decision."""
    waiting = Assignment.objects.filter(
        extension_until__isnull=False, round=F("suggestion__round"), stage__in=STARTED
    )
    return Q(stage=Stage.IN_HANDLING, pk__in=waiting.values("suggestion"))


# --- Those asked to review


def verdict_of(actor: Actor) -> Q:
    by_government = actor.role == Role.GOVERNMENT_CLERK
    part = ReviewPart.GOVERNMENT_OFFICE if by_government else ReviewPart.COMMITTEE
    organ = {} if by_government else {"organ": actor.organ_id}
    given = Verdict.objects.filter(version=_last_version(), part=part, **organ).filter(
        suggestion=OuterRef("suggestion")
    )
    asked = ReviewRequest.objects.filter(
        ~Exists(given), suggestion=OuterRef("pk"), part=part, **organ
    )
    return Q(Exists(asked), stage=Stage.SUBMITTED)


# --- Organs


def _parts_of(actor: Actor) -> QuerySet[Assignment]:
    """The organ's parts of running rounds; of a handler those that were given to him.

    The search begins at the organ's open parts, which are few: asked from the suggestions' side,
    it would go through everything the organ has ever handled.
    """
    parts = Assignment.objects.filter(
        organ=actor.organ_id,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
    )
    return parts.filter(given_to(actor)) if actor.role == Role.HANDLER else parts


def to_give_inside(actor: Actor) -> Q:
    """Acknowledged and given to nobody yet, where the organ's system is to share out."""
    systems = ResponsibilitySystem.objects.filter(organ=OuterRef("organ")).order_by("-pk")
    parts = _parts_of(actor).filter(stage__in=STARTED, division__isnull=True, handler__isnull=True)
    sharing = parts.alias(shares=Subquery(systems.values("shares_out")[:1])).filter(shares=True)
    return Q(pk__in=sharing.values("suggestion"))


def organ_part(*stages: str, roles: tuple[str, ...] = (), reply: str | None = None) -> Condition:
    """The organ's part of the running round is in one of these stages."""

    def rows(actor: Actor) -> Q:
        parts = _parts_of(actor).filter(stage__in=stages)
        if roles:
            parts = parts.filter(role__in=roles)
        if reply == ReplyStage.DRAFTING:
            parts = parts.filter(
                Q(reply_file__isnull=True) | Q(reply_file__stage=ReplyStage.DRAFTING)
            )
        elif reply:
            parts = parts.filter(reply_file__stage=reply)
        return Q(pk__in=parts.values("suggestion"))

    return rows


def in_clearance(*, last: bool) -> Condition:
    """A text that waits at the actor's level: the last one, which signs, or one before it."""

    def rows(actor: Actor) -> Q:
        at = Q(reply_file__level=F("reply_file__level_count"))
        parts = (
            _parts_of(actor)
            .filter(stage__in=OPEN_ASSIGNMENT, reply_file__stage=ReplyStage.IN_CLEARANCE)
            .filter(_clears(actor) & at if last else _clears(actor) & ~at)
        )
        if last:
            parts |= _parts_of(actor).filter(stage__in=OPEN_ASSIGNMENT).filter(_orphaned(actor))
        return Q(pk__in=parts.values("suggestion"))

    return rows


def _clears(actor: Actor) -> Q:
    """The level is the actor's own; or of his role, while the post it names stands empty."""
    posts = Post.objects.filter(key=OuterRef("reply_file__waits_post"), standing=InOffice.ACTIVE)
    return Q(reply_file__waits_post=actor.post_key) | Q(
        ~Exists(posts), reply_file__waits_role=actor.role
    )


def _orphaned(actor: Actor) -> Q:
    """It waits for a checker and the organ has none any more: the head need not wait for him."""
    checkers = Post.objects.filter(
        organ=actor.organ_id, role=Role.CHECKER, standing=InOffice.ACTIVE
    )
    waiting = Q(reply_file__stage=ReplyStage.IN_CLEARANCE, reply_file__waits_role=Role.CHECKER)
    return Q(~Exists(checkers)) & waiting if actor.role == Role.HEAD else Q(pk__in=())
