"""The rows behind each duty, as one SQL condition for the actor in his post."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Role
from huiyin.suggestions.models import (
    Act,
    Assignment,
    Rating,
    ReviewRequest,
    Signature,
    Suggestion,
    Verdict,
    Version,
    WordingProposal,
)
from huiyin.suggestions.models.review import ReviewPart
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
    """The organ's parts of running rounds.

    The search begins at the organ's open parts, which are few: asked from the suggestions' side,
    it would go through everything the organ has ever handled.
    """
    return Assignment.objects.filter(
        organ=actor.organ_id,
        round=F("suggestion__round"),
        suggestion__stage=Stage.IN_HANDLING,
    )


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


def in_clearance(*, passed: bool) -> Condition:
    """A reply in clearance whose present text has, or has not, passed the checker."""

    def rows(actor: Actor) -> Q:
        last = Act.objects.filter(
            reply_file=OuterRef("reply_file"),
            move__in=("send_to_check", "pass_check"),
        ).order_by("-seq")
        parts = (
            _parts_of(actor)
            .filter(stage__in=OPEN_ASSIGNMENT, reply_file__stage=ReplyStage.IN_CLEARANCE)
            .alias(last=last.values("move")[:1])
            .filter(last="pass_check" if passed else "send_to_check")
        )
        return Q(pk__in=parts.values("suggestion"))

    return rows
