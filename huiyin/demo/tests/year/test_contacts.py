"""One contact in ten of the demo never took place: none passes for one that did."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import RequestFactory

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role
from huiyin.demo import days, quotas
from huiyin.demo.telling import Book
from huiyin.suggestions import contact_list, contacts
from huiyin.suggestions.models import Assignment, Contact, ContactAnswer, ContactState
from huiyin.suggestions.presenters import contacting
from huiyin.suggestions.presenters.file import read
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import ANSWERING
from huiyin.ui.lists import Context

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def clerk_of(book: Book) -> Actor:
    post = Post.objects.filter(congress=book.world.congress, role=Role.CLERK).first()
    assert post is not None
    return Actor.of(post)


def listed(book: Book, tab: str) -> set[str]:
    """The keys in one tab of the clerk's list."""
    actor = clerk_of(book)
    context = Context(actor=actor, today=quotas.TODAY, request=RequestFactory().get("/contacts/"))
    facet = contact_list.LIST.facet_named(tab)
    assert facet is not None
    assert facet.apply is not None
    rows = facet.apply(contact_list.rows_for(actor, context), context)
    return set(rows.values_list("key", flat=True))


def test_every_made_up_contact_stands_in_the_clerk_s_list_of_doubtful_ones(year: Book) -> None:
    made_up = {contact.key for contact in year.made_up}
    assert len(made_up) > 200
    assert abs(len(made_up) / Contact.objects.count() - 0.1) < 0.01
    assert made_up <= listed(year, "doubtful")
    assert made_up.isdisjoint(listed(year, ContactState.CONFIRMED))
    contested = listed(year, ContactState.CONTESTED)
    assert contested == made_up & contested
    assert 0.4 < len(contested) / len(made_up) < 0.8


def test_every_reply_of_the_year_rests_on_a_confirmed_contact(year: Book) -> None:
    """Paper replies alone came in without one, and are shown as lacking."""
    parts = Assignment.objects.filter(
        role__in=ANSWERING, done_on__isnull=False, suggestion__session__ordinal=3
    )
    lacking = parts.filter(contacts.lacking())
    assert lacking.count() == lacking.filter(reply_file__replies__via="import").count()
    assert lacking.count() < quotas.WITHOUT_CLASS + 1
    spoken = parts.filter(contacts.confirmed()).count()
    assert spoken == parts.count() - lacking.count()


def test_an_answer_comes_after_its_contact(year: Book) -> None:
    answers = ContactAnswer.objects.select_related("contact")
    assert all(each.at > each.contact.at for each in answers)


def test_the_table_by_organ_adds_up_to_the_list(year: Book) -> None:
    actor = clerk_of(year)
    session = year.world.session
    context = Context(actor=actor, today=quotas.TODAY, request=RequestFactory().get("/"))
    since = contact_list.since_for(actor, context)
    lines = contacts.by_organ(actor, session=session, since=since)
    assert sum(line.recorded for line in lines) == Contact.objects.count()
    assert sum(line.contested for line in lines) == len(listed(year, "contested"))
    assert all(
        line.recorded
        == line.before + line.during + line.after
        == line.confirmed + line.contested + line.unconfirmed + line.awaited
        for line in lines
    )


def test_no_made_up_contact_passes_for_a_real_one_on_the_page_of_its_case(year: Book) -> None:
    """Each stands there as contested, as not confirmed in time or as still to be checked."""
    actor = clerk_of(year)
    at = days.at(quotas.TODAY, 8)
    made_up = {contact.key: contact for contact in year.made_up}
    shown: dict[str, str] = {}
    for case in {contact.assignment.suggestion for contact in year.made_up}:
        case.refresh_from_db()
        file = read(Scene(actor=actor, at=at, case=case))
        lines = [each for part in file.parts for each in contacting.shown_contacts(file, part)]
        shown.update({each.contact.key: each.state for each in lines})
    shown = {key: state for key, state in shown.items() if key in made_up}
    assert shown.keys() == made_up.keys()
    assert set(shown.values()) <= {ContactState.CONTESTED, ContactState.UNCONFIRMED}


def test_every_organ_s_line_counts_the_made_up_ones_among_the_doubtful(year: Book) -> None:
    actor = clerk_of(year)
    context = Context(actor=actor, today=quotas.TODAY, request=RequestFactory().get("/"))
    lines = contacts.by_organ(
        actor, session=year.world.session, since=contact_list.since_for(actor, context)
    )
    made_up = Counter(contact.assignment.organ.name for contact in year.made_up)
    doubtful = {line.organ_name: line.contested + line.unconfirmed for line in lines}
    assert {name: doubtful.get(name, 0) for name in made_up} == dict(made_up)
