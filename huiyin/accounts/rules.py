"""Who may enter people and give posts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post, Role, Standing
from huiyin.kernel.errors import NotFound, NotPermitted
from huiyin.organisations.models import Congress, Level

# From the highest down.
_LEVELS = list(Level.values)


def keeps_people(actor: Actor, congress: Congress) -> bool:
    """A clerk of this very congress."""
    return actor.role == Role.CLERK and actor.congress_id == congress.pk


def require_keeper_of(actor: Actor | None, congress: Congress) -> None:
    """Raise ``NotPermitted`` unless ``actor`` keeps this congress's people.

    None stands for the command line, whose operator holds the database anyway.
    """
    if actor is not None and not keeps_people(actor, congress):
        raise NotPermitted(
            _("Only a clerk of %(congress)s keeps its people and posts.")
            % {"congress": congress.name}
        )


def require_known_to(actor: Actor | None, person: Person) -> None:
    """Raise ``NotFound`` for somebody who holds, and has held, no post in the actor's congress."""
    if actor is None:
        return
    if actor.role != Role.CLERK:
        raise NotPermitted(_("Only a clerk keeps people and posts."))
    if not person.posts.filter(congress_id=actor.congress_id).exists():
        raise NotFound(_("There is no such person in your congress."))


def account_keeper(person: Person) -> Congress | None:
    """The one congress that may reset, close or readdress an account.

    It is the highest the person serves, and of equal ones the first: otherwise the clerk of a
    county could give a provincial deputy a post, then a new activation code, and rate as him.
    None once every post has ended.
    """
    running = [post for post in person.posts.all() if post.standing != Standing.ENDED]
    first = min(
        running, key=lambda post: (_LEVELS.index(post.congress.level), post.pk), default=None
    )
    return first.congress if first else None


def require_account_keeper(actor: Actor | None, person: Person) -> None:
    """Raise unless ``actor`` is a clerk of the congress that keeps this account."""
    require_known_to(actor, person)
    if actor is None:
        return
    keeper = account_keeper(person)
    if keeper is not None and keeper.pk != actor.congress_id:
        raise NotPermitted(
            _("The account of %(person)s is kept by %(congress)s.")
            % {"person": person.name, "congress": keeper.name},
            remedy=_("Ask a clerk there."),
        )


def require_as_read(actor: Actor | None) -> None:
    """Raise ``NotPermitted`` when the actor's post or account has changed since he was read.

    A request is judged by the post it came in with. Whoever writes asks this inside his
    transaction: what was taken away meanwhile is not used once more, and who takes it away waits
    until what was begun is on record.
    """
    if actor is None:
        return
    post = actor.post
    # NO KEY: others may go on naming the post in what they write.
    held = Post.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=post.pk,
        role=post.role,
        congress=post.congress_id,
        organ=post.organ_id,
        standing=post.standing,
        until=post.until,
        person__is_active=True,
    )
    if held.first() is None:
        raise NotPermitted(
            _("The post you were using has been changed or taken away meanwhile."),
            remedy=_("Open the page again to see what you may still do."),
        )


def require_not_himself(actor: Actor | None, person: Person) -> None:
    """Nobody gives himself a post or closes his own account."""
    if actor is not None and actor.person_id == person.pk:
        raise NotPermitted(
            _("Nobody decides on his own account or posts."),
            remedy=_("Ask another clerk of your congress."),
        )
