"""Signing in and out, and changing between posts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.accounts import selectors, sessions, throttle, whereabouts
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post
from huiyin.accounts.services.activation import require_strong
from huiyin.kernel.errors import Invalid
from huiyin.ledger.services import HOUSE, record

if TYPE_CHECKING:
    from django.http import HttpRequest


def sign_in(request: HttpRequest, *, knock: throttle.Knock, password: str, at: datetime) -> Person:
    """Let somebody in who knows his password.

    Raises ``Throttled`` after too many tries and ``Invalid`` otherwise, in the same words and
    after the same work whether or not there is such a person.
    """
    if held := throttle.count_try(knock.buckets(), at=at):
        if held.first:
            _record_refused(knock, at=at, action="account.sign_in_held_up")
        raise held.refusal()
    person = authenticate(request, username=knock.login, password=password)
    if not isinstance(person, Person):
        _record_refused(knock, at=at, action="account.sign_in_failed")
        raise Invalid(
            _("Login name and password do not match."),
            remedy=_("Check both. If you have forgotten the password, ask your clerk for a code."),
        )
    throttle.forgive(knock)
    let_in(request, person=person, at=at)
    return person


@transaction.atomic
def let_in(request: HttpRequest, *, person: Person, at: datetime, via: str = "web") -> None:
    """Begin a session: a new id, and a line on record in the congress of his first post."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    post = next(iter(selectors.posts_of(person, on=at.date())), None)
    whereabouts.leave_trace(request, person=person, at=at)
    record(
        chain=post.congress.key if post else HOUSE,
        actor=Actor(person=person, post=post) if post else None,
        at=at,
        action="account.sign_in",
        subject=("person", person.key),
        via=via,
    )


def sign_out(request: HttpRequest, *, person: Person, actor: Actor | None, at: datetime) -> None:
    """End the session on the server; the cookie is worthless afterwards."""
    with transaction.atomic():
        record(
            chain=actor.congress.key if actor else HOUSE,
            actor=actor,
            at=at,
            action="account.sign_out",
            subject=("person", person.key),
        )
    logout(request)


@transaction.atomic
def change_password(
    request: HttpRequest, *, person: Person, old: str, new: str, actor: Actor | None, at: datetime
) -> None:
    """Change one's own password. Every other session of the person ends."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.check_password(old):
        raise Invalid(_("The present password is not right."), fields={"old": [_("Not right.")]})
    require_strong(new, row, field="new")
    row.set_password(new)
    row.session_epoch += 1
    row.save(update_fields=["password", "session_epoch"])
    update_session_auth_hash(request, row)
    record(
        chain=actor.congress.key if actor else HOUSE,
        actor=actor,
        at=at,
        action="account.password",
        subject=("person", row.key),
    )


@transaction.atomic
def use_post(request: HttpRequest, *, person: Person, key: str, at: datetime) -> Post:
    """Act in another of one's own posts from now on. Raises ``NotFound`` for any other post."""
    post = selectors.post_of(person, key=key, on=at.date())
    request.session[sessions.POST_IN_USE] = post.key
    # Other rights, another session id: one that was overheard before does not gain them.
    request.session.cycle_key()
    record(
        chain=post.congress.key,
        actor=Actor(person=person, post=post),
        at=at,
        action="post.use",
        subject=("post", post.key),
    )
    return post


def _record_refused(knock: throttle.Knock, *, at: datetime, action: str) -> None:
    """Both kinds of failure, known name or not, leave the same line: no name, only its digest."""
    with transaction.atomic():
        record(chain=HOUSE, actor=None, at=at, action=action, subject=("login", knock.account))
