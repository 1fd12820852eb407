"""Which deputy a list means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Self

from django.utils.translation import gettext as _

from huiyin.accounts.models import Post, Role, Standing
from huiyin.kernel.errors import Words
from huiyin.organisations.models import Congress


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why somebody cannot sign, and what to do about it."""

    said: Words
    remedy: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a row says of a deputy."""

    name: str
    card_no: str = ""
    delegation: str = ""
    assembly: str
    term: int
    on: date


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who holds or held a mandate of the congress."""

    by_card: Mapping[str, Sequence[Post]]
    by_name: Mapping[str, Sequence[Post]]

    @classmethod
    def of(cls, congress: Congress) -> Self:
        """Read the roll of all terms: one query."""
        posts = list(
            Post.objects.filter(congress=congress, role=Role.DEPUTY)
            .select_related("person", "congress", "delegation", "term")
            .order_by("pk")
        )
        return cls(
            by_card=_grouped((post.card_no, post) for post in posts if post.card_no),
            by_name=_grouped((_bare(post.person.name), post) for post in posts),
        )

    def find(self, sought: Sought) -> Post | Complaint | None:
        """Return the mandate in force on that day; None when nobody is called so."""
        named = [*self.by_card.get(sought.card_no, ())] if sought.card_no else []
        if named and _bare(named[0].person.name) != _bare(sought.name):
            said = _("This card number belongs to %(name)s.") % {"name": named[0].person.name}
            return Complaint(said, _("Correct the number or the name."))
        named = named or [*self.by_name.get(_bare(sought.name), ())]
        named = [post for post in named if post.term and post.term.assembly == sought.assembly]
        if not named:
            return None
        fit = [post for post in named if post.is_usable(on=sought.on) or _was_held(post, sought)]
        if not fit:
            return _unfit(named, sought)
        chosen = _narrowed(fit, sought)
        if len(chosen) == 1:
            return chosen[0]
        said = _("Several deputies are called %(name)s.") % {"name": sought.name}
        return Complaint(said, _("Give the card number or the delegation as well."))

    def near(self, name: str) -> list[str]:
        """Return the names written most alike."""
        return get_close_matches(_bare(name), list(self.by_name), n=3, cutoff=0.6)


def _was_held(post: Post, sought: Sought) -> bool:
    """Whether a mandate that has ended since was in force on that day."""
    if post.standing != Standing.ENDED or post.until is None:
        return False
    return post.since <= sought.on <= post.until


def _narrowed(posts: Sequence[Post], sought: Sought) -> Sequence[Post]:
    """The namesakes left when delegation and then term have been heard."""
    seated = [p for p in posts if p.delegation and p.delegation.name == sought.delegation]
    posts = seated or posts
    serving = [post for post in posts if post.term and post.term.ordinal == sought.term]
    return serving or posts


def _unfit(posts: Sequence[Post], sought: Sought) -> Complaint:
    name = posts[0].person.name
    if any(post.standing == Standing.SUSPENDED for post in posts):
        return Complaint(
            _("%(name)s's mandate is suspended; nothing can be signed now.") % {"name": name},
            _("Take the name out, or import the row when the mandate has been resumed."),
        )
    over = [post.until for post in posts if post.until and post.until < sought.on]
    if over:
        return Complaint(
            _("%(name)s's mandate ended on %(day)s.") % {"name": name, "day": max(over)},
            _("Correct the name or the day on which it was raised."),
        )
    began = min(post.since for post in posts)
    return Complaint(
        _("%(name)s's mandate began only on %(day)s.") % {"name": name, "day": began},
        _("Correct the name or the day on which it was raised."),
    )


def _bare(name: str) -> str:
    return "".join(name.split())


def _grouped(pairs: Iterable[tuple[str, Post]]) -> dict[str, list[Post]]:
    groups: dict[str, list[Post]] = {}
    for name, post in pairs:
        groups.setdefault(name, []).append(post)
    return groups
