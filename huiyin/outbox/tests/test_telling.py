"""Who is told of what, and what must not happen on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from huiyin.accounts.models import Role
from huiyin.accounts.tests.town import NOW, TERM_BEGAN, Town
from huiyin.kernel.errors import NotFound
from huiyin.outbox import selectors, services
from huiyin.outbox.models import Channel, Delivery, Notice, State
from huiyin.outbox.tests.conftest import CASE, told, with_address

pytestmark = pytest.mark.django_db


def test_a_person_is_told_once_and_finds_it_in_his_inbox(town: Town) -> None:
    (notice,) = told(town, "lin")

    assert notice == selectors.inbox(town.person("lin")).get()
    assert (notice.event, notice.case, notice.title) == ("sample.moved", CASE, "关于修路的建议")
    assert notice.values == {"number": 7, "title": "关于修路的建议"}
    assert (notice.created_at, notice.read_at, notice.urgent) == (NOW, None, False)
    assert str(notice) == "sample.moved case-key-0000000000000"
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state) == (Channel.SITE, State.SENT)
    assert str(delivery) == "site sent"


def test_who_acts_is_not_told_of_his_own_act(town: Town) -> None:
    told(town, "lin", "clerk", by="clerk")

    assert [notice.person for notice in Notice.objects.all()] == [town.person("lin")]


def test_who_acts_is_not_told_in_another_of_his_posts_either(town: Town) -> None:
    as_leader = town.post("leader")
    as_leader.person = town.person("clerk")
    as_leader.save()

    assert told(town, "leader", by="clerk") == []


def test_who_holds_several_posts_is_told_once_in_the_first(town: Town) -> None:
    lin = town.person("lin")
    other = town.post("lin").__class__.objects.create(
        person=lin,
        role=Role.COMMITTEE,
        organ=town.education_committee,
        congress=town.congress,
        since=TERM_BEGAN,
    )

    (notice,) = told(town, posts=[town.post("lin"), other], by=None)

    assert (notice.person, notice.post) == (lin, town.post("lin"))


def test_what_nobody_did_is_told_to_all(town: Town) -> None:
    assert len(told(town, "lin", "clerk", by=None)) == 2


def test_nobody_may_be_concerned(town: Town) -> None:
    assert told(town) == []


def test_a_letter_is_queued_for_whoever_has_an_address(town: Town) -> None:
    with_address(town, "lin")
    told(town, "lin", "zhao", urgent=True)

    letter = Delivery.objects.get(channel=Channel.EMAIL)
    assert letter.notice.person == town.person("lin")
    assert letter.notice.urgent
    assert (letter.state, letter.due_at, letter.attempts) == (State.QUEUED, NOW, 0)


def test_no_letter_is_queued_for_a_closed_account(town: Town) -> None:
    with_address(town, "lin")
    town.post("lin").person.is_active = False
    told(town, "lin")

    assert not Delivery.objects.filter(channel=Channel.EMAIL).exists()


def test_an_event_without_words_is_refused(town: Town) -> None:
    with pytest.raises(LookupError, match=r"sample\.unheard"):
        told(town, "lin", event="sample.unheard")
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("language", "shown"), [("zh-hans", "2020年6月3日"), ("en", "June 3, 2020")]
)
def test_a_day_is_told_as_the_reader_writes_it(town: Town, language: str, shown: str) -> None:
    (notice,) = told(town, "lin", params={"number": date(2020, 6, 3), "why": "2020-06-03"})
    notice.refresh_from_db()

    with translation.override(language):
        assert notice.values == {"number": shown, "why": "2020-06-03", "title": notice.title}


@pytest.mark.django_db(transaction=True)
def test_telling_is_part_of_the_act(town: Town) -> None:
    with pytest.raises(TransactionManagementError):
        told(town, "lin")

    with transaction.atomic():
        told(town, "lin")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_a_channel_carries_a_notice_once(town: Town) -> None:
    (notice,) = told(town, "lin")

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(notice=notice, channel=Channel.SITE, state=State.SENT, at=NOW)


def test_telling_more_people_asks_no_more_of_the_database(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # What they wish (two), notices and deliveries.
    with django_assert_num_queries(4):
        told(town, "lin")
    with django_assert_num_queries(4):
        told(town, "lin", "zhao", "zhou", "leader", "committee")


def test_what_is_read_is_marked_with_its_delivery(town: Town) -> None:
    (notice, other) = told(town, "lin", "zhao")
    later = NOW + timedelta(hours=1)

    services.mark_read(key=notice.key, actor=town.actor("lin"), at=later)
    services.mark_read(key=notice.key, actor=town.actor("lin"), at=later + timedelta(hours=1))

    notice.refresh_from_db()
    assert notice.read_at == later
    assert notice.deliveries.get().state == State.READ
    assert notice.deliveries.get().at == later
    other.refresh_from_db()
    assert other.read_at is None


@pytest.mark.parametrize("key", ["", "nobody's", "a\x00b", "x" * 23])
def test_a_notice_that_does_not_exist_cannot_be_marked(town: Town, key: str) -> None:
    with pytest.raises(NotFound):
        services.mark_read(key=key, actor=town.actor("lin"), at=NOW)


def test_anothers_notice_cannot_be_marked(town: Town) -> None:
    (notice,) = told(town, "lin")

    with pytest.raises(NotFound):
        services.mark_read(key=notice.key, actor=town.actor("zhao"), at=NOW)
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_of_ones_own_can_be_marked_at_once(town: Town) -> None:
    told(town, "lin", "zhao")
    told(town, "lin")

    services.mark_all_read(actor=town.actor("lin"), at=NOW)

    assert selectors.unread_count(town.person("lin")) == 0
    assert selectors.unread_count(town.person("zhao")) == 1


def test_reading_a_case_is_reading_what_is_said_of_it(town: Town) -> None:
    told(town, "lin", "zhao")
    told(town, "lin", case=("sample", "another"))

    services.seen(case=CASE, actor=town.actor("lin"), at=NOW)

    (left,) = selectors.unread(town.person("lin"))
    assert left.case_key == "another"
    assert selectors.unread_count(town.person("zhao")) == 1


def test_a_case_with_nothing_new_costs_one_question_and_no_transaction(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told(town, "zhao")
    told(town, "lin", case=("sample", "another"))

    with django_assert_num_queries(1):
        services.seen(case=CASE, actor=town.actor("lin"), at=NOW)

    assert selectors.unread_count(town.person("lin")) == 1
    assert selectors.unread_count(town.person("zhao")) == 1


def test_a_case_shows_whom_it_reached_and_how_far(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with_address(town, "zhao", "zhao@example.cn")
    (first, second) = told(town, "lin", "zhao")
    told(town, "lin", case=("sample", "another"))
    services.mark_read(key=first.key, actor=town.actor("lin"), at=NOW)
    Delivery.objects.filter(channel=Channel.EMAIL).update(
        state=State.FAILED, due_at=None, error="no such address"
    )

    with django_assert_num_queries(3):
        to_zhao, to_lin = selectors.for_case(CASE)

    assert (to_lin.person, to_lin.state, to_lin.outside) == (town.person("lin"), State.READ, ())
    assert (to_zhao.state, to_zhao.error) == (State.SENT, "no such address")
    assert [(each.channel, each.state) for each in to_zhao.outside] == [
        (Channel.EMAIL, State.FAILED)
    ]
    assert to_zhao.is_undelivered
    assert not to_lin.is_undelivered
    assert to_zhao.subject == "Moved: 关于修路的建议"
    assert second.post == to_zhao.post
