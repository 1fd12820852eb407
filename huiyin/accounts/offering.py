"""Whom the demo's sign-in page offers, and what each of them can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.accounts import selectors
from huiyin.accounts.models import Post, Role

Text: TypeAlias = str | Promise

_SHOWS: dict[str, Text] = {
    Role.DEPUTY: _("Write a suggestion, see what becomes of it, rate the reply."),
    Role.CLERK: _("Review, register, assign, watch the days, look over the whole year."),
    Role.GOVERNMENT_CLERK: _("Take part in the review and follow the government's organs."),
    Role.LIAISON: _("Sign for what is assigned, share it out, deliver the reply."),
    Role.HANDLER: _("Plan, speak with the deputy, write the reply."),
    Role.CHECKER: _("Check a reply before it is signed, or send it back."),
    Role.HEAD: _("Sign the reply in the organ's name."),
    Role.COMMITTEE: _("Take part in the review of the committee's own field."),
    Role.LEADER: _("See where the year stands, by figures and by organs."),
    Role.ELECTING_LIAISON: _("Follow what the deputies of one electing unit have raised."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One post to enter the demo in: what it is called there, and what it shows."""

    post: Post
    label: Text
    shows: Text


_BESIDE: dict[str, tuple[Text, Text]] = {}


def offer_beside(login: str, *, label: Text, shows: Text) -> None:
    """Offer that person's oldest post too, beside the first of its role."""
    _BESIDE[login] = (label, shows)


def cards(*, on: date) -> list[Card]:
    """Return the first post of each role, in the order of the roles, and those offered beside."""
    found = [
        Card(post=post, label=Role(post.role).label, shows=_SHOWS[post.role])
        for post in selectors.first_of_each_role(on=on)
    ]
    known = {card.post.pk for card in found}
    for post in selectors.first_of_each_login(_BESIDE, on=on):
        if post.pk not in known:
            label, shows = _BESIDE[str(post.person.login)]
            found.append(Card(post=post, label=label, shows=shows))
    order = list(Role.values)
    return sorted(found, key=lambda card: (order.index(card.post.role), card.post.pk))
