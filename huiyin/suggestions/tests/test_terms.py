"""A change of term (换届): what is unfinished goes on, what is new needs a mandate."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from huiyin.accounts import services as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.imports import Given, SourceRow, apply_deputies, plan_deputies
from huiyin.accounts.models import Post, Role
from huiyin.accounts.selectors import posts_of
from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Session, Term
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import Delivery, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.selectors import current_session
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.attempts import CONTACT
from huiyin.suggestions.tests.cases import Reader, town_of_pages
from huiyin.suggestions.tests.situations import TEXT, Story

pytestmark = pytest.mark.django_db

OPENS, CLOSES = date(2021, 1, 25), date(2021, 1, 30)
BEFORE = datetime(2020, 12, 1, 9, tzinfo=ZONE)
LATER = datetime(2021, 2, 1, 9, tzinfo=ZONE)


@pytest.fixture
def town(db: None, settings: Any) -> Town:
    return town_of_pages(settings)


def change(town: Town, **days: Any) -> Session:
    said = {"opens_on": OPENS, "closes_on": CLOSES, **days}
    return services.change_term(
        congress=town.congress, actor=town.actor("clerk"), at=BEFORE, **said
    )


def again(town: Town, who: str) -> Actor:
    """The same person in the same post, as it is now."""
    return Actor.of(Post.objects.select_related("person", "term").get(pk=town.post(who).pk))


def in_work(town: Town) -> Story:
    return Story(town).submitted().registered().assigned().acknowledged().planned()


def answered(town: Town, story: Story) -> None:
    part = story.part()
    handler, checker = town.actor("edu_handler"), town.actor("edu_checker")
    # The former deputy is spoken with, and says himself that it was so.
    talk = {**CONTACT, "held_on": LATER.date()}
    services.record_contact(assignment=part, actor=handler, at=LATER, **talk)
    contact = part.contacts.get()
    services.answer_contact(contact=contact, actor=again(town, "lin"), at=LATER, confirmed=True)
    services.send_to_check(assignment=part, actor=handler, at=LATER, text=story.reply_text())
    services.pass_check(assignment=part, actor=checker, at=LATER)
    services.sign(assignment=part, actor=town.actor("edu_head"), at=LATER)
    services.deliver(assignment=part, actor=town.actor("edu_liaison"), at=LATER)


def rated(town: Town, story: Story, result: str) -> None:
    story.case.refresh_from_db()
    services.rate(
        case=story.case,
        actor=again(town, "lin"),
        at=LATER,
        attitude="S",
        result=result,
        comment="专线没有开通。" if result == "NS" else "",
    )


def test_what_is_unfinished_goes_on_to_its_end(town: Town) -> None:
    story = in_work(town)
    due = story.part().due_on
    change(town)
    answered(town, story)
    assert story.part().due_on == due
    handed = Delivery.objects.filter(reply__file__assignment__suggestion=story.case)
    assert {each.deputy for each in handed} == {town.post("lin"), town.post("zhao")}
    told = Notice.objects.filter(event="reply.deliver").values_list("person__login", flat=True)
    assert {"lin", "zhao"} <= set(told)

    rated(town, story, "NS")
    story.case.refresh_from_db()
    assert (story.case.stage, story.case.round) == (Stage.IN_HANDLING, 2)
    services.acknowledge(assignment=story.part(), actor=town.actor("edu_liaison"), at=LATER)
    answered(town, story)
    rated(town, story, "S")
    story.case.refresh_from_db()
    assert story.case.stage == Stage.CLOSED
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_the_mandates_end_with_the_term_each_on_record(town: Town) -> None:
    accounts.end_post(
        post=town.post("zhou"), on=date(2020, 6, 1), actor=town.actor("clerk"), at=BEFORE
    )
    change(town)
    old, new = Term.objects.order_by("ordinal")
    assert (old.ends_on, new.starts_on, new.ordinal) == (date(2021, 1, 24), OPENS, 14)
    untils = dict(Post.objects.filter(role=Role.DEPUTY).values_list("person__login", "until"))
    assert untils == {"lin": old.ends_on, "zhao": old.ends_on, "zhou": date(2020, 6, 1)}
    assert Entry.objects.filter(action="post.term").count() == 2
    assert current_session(town.congress, on=BEFORE.date()) == town.session
    assert current_session(town.congress, on=LATER.date()) == Session.objects.get(term=new)


def test_nothing_new_without_a_mandate(town: Town) -> None:
    draft, asked = Story(town), Story(town).invited()
    change(town)
    session = current_session(town.congress, on=LATER.date())
    assert session is not None
    with pytest.raises(NotPermitted):
        services.start(session=session, actor=again(town, "lin"), at=LATER, content=TEXT)
    with pytest.raises(Conflict):
        services.submit(case=draft.case, actor=again(town, "lin"), at=LATER)
    with pytest.raises(Conflict):
        services.confirm_signature(case=asked.case, actor=again(town, "zhao"), at=LATER)
    with pytest.raises(Conflict):
        services.start(
            session=session,
            actor=town.actor("clerk"),
            at=LATER,
            lead=again(town, "lin").post,
            content=TEXT,
        )
    # The day before it was still in force.
    eve = datetime(2021, 1, 24, 9, tzinfo=ZONE)
    services.submit(case=draft.case, actor=again(town, "lin"), at=eve)


def test_the_former_deputy_comes_in_to_his_own_cases_alone(town: Town, settings: Any) -> None:
    mine = Story(town).replied()
    other = services.start(session=town.session, actor=town.actor("zhou"), at=NOW, content=TEXT)
    services.submit(case=other, actor=town.actor("zhou"), at=NOW)
    change(town)
    settings.HUIYIN_TODAY = LATER.date()
    lin = Reader(town, "lin")
    assert lin.get("case", mine.case.key).status_code == 200
    assert lin.get("case", other.key).status_code == 404
    assert lin.get("new").status_code == 403
    page = html.unescape(lin.get("list").content.decode())
    assert mine.case.title in page
    assert 'class="button button-primary" href="/suggestions/new/"' not in page
    answer = lin.takes(mine.case, "rate", attitude="S", result="S", comment="")
    assert answer.status_code == 302
    mine.case.refresh_from_db()
    assert mine.case.stage == Stage.CLOSED


def test_who_left_before_the_end_or_is_suspended_does_not_come_in(town: Town) -> None:
    clerk = town.actor("clerk")
    accounts.end_post(post=town.post("zhao"), on=TODAY, actor=clerk, at=NOW)
    accounts.suspend_post(post=town.post("zhou"), actor=clerk, at=NOW, why="暂停执行代表职务")
    change(town)
    came = {
        who: bool(posts_of(town.person(who), on=LATER.date())) for who in ("lin", "zhao", "zhou")
    }
    assert came == {"lin": True, "zhao": False, "zhou": False}
    client = town.signed_in(Client(), "lin")
    assert client.get("/").status_code in (200, 403)


def rows(*said: Mapping[str, object]) -> list[SourceRow]:
    return [
        SourceRow(number=n, cells={name: Given(value, f"S!{n}") for name, value in row.items()})
        for n, row in enumerate(said, start=2)
    ]


def test_the_new_deputies_come_by_the_workbook_and_the_re_elected_keep_their_account(
    town: Town,
) -> None:
    change(town)
    clerk = town.actor("clerk")
    listed = rows(
        {"name": "林晓岚", "delegation": "岳北代表团", "electing_unit": "岳北市人民代表大会"},
        {"name": "唐一", "delegation": "岳北代表团", "card_no": "0101"},
    )
    plan = plan_deputies(listed, congress=town.congress, actor=clerk, on=LATER.date())
    apply_deputies(plan, congress=town.congress, actor=clerk, at=LATER)
    new = Post.objects.get(person=town.person("lin"), term__ordinal=14)
    assert new.delegation is not None
    assert (new.since, new.delegation.term.ordinal) == (OPENS, 14)
    assert [post.pk for post in posts_of(town.person("lin"), on=LATER.date())] == [
        new.pk,
        town.post("lin").pk,
    ]
    session = current_session(town.congress, on=LATER.date())
    assert session is not None
    case = services.start(session=session, actor=Actor.of(new), at=LATER, content=TEXT)
    services.submit(case=case, actor=Actor.of(new), at=LATER)
    case.refresh_from_db()
    assert case.session.term.ordinal == 14
    assert not Post.objects.filter(person__name="赵立新", term__ordinal=14).exists()


WRONG_DAYS = {
    "inside the last session": {"opens_on": date(2020, 1, 17)},
    "before the term began": {"opens_on": date(2018, 1, 1)},
    "closing before opening": {"closes_on": date(2021, 1, 24)},
}


@pytest.mark.parametrize("case", WRONG_DAYS)
def test_days_that_cannot_be(town: Town, case: str) -> None:
    with pytest.raises(Invalid) as refused:
        change(town, **WRONG_DAYS[case])
    assert refused.value.fields
    assert Term.objects.count() == 1
    assert town.post("lin").until is None


def test_the_same_change_is_not_made_twice(town: Town) -> None:
    change(town)
    with pytest.raises(Invalid):
        change(town)
    assert Term.objects.count() == 2


# --- The page


def send(reader: Reader, act: str, **said: str) -> Any:
    days = {"opens_on": "2021年1月25日", "closes_on": "2021-01-30"}
    return reader.post("terms", said={"act": act, **days, **said})


def test_the_page_says_what_it_means_before_it_is_done(town: Town) -> None:
    story, _draft = in_work(town), Story(town)
    clerk = Reader(town, "clerk")
    page = html.unescape(send(clerk, "preview").content.decode())
    assert "3 名代表任期届满" in page
    assert "1 件未办结建议" in page
    assert "1 件尚在撰写的" in page
    assert Term.objects.count() == 1
    assert send(clerk, "do").status_code == 302
    assert Term.objects.get(ordinal=14).sessions.get().name.endswith("第一次会议")
    term = Term.objects.get(ordinal=13)
    listed = html.unescape(clerk.get("list", term=term.key).content.decode())
    assert story.case.title in listed
    other = html.unescape(clerk.get("list", term=Term.objects.get(ordinal=14).key).content.decode())
    assert story.case.title not in other


def test_the_next_session_is_entered_and_wrong_days_are_said(town: Town) -> None:
    clerk = Reader(town, "clerk")
    assert send(clerk, "session").status_code == 302
    assert Session.objects.get(ordinal=4).opens_on == OPENS
    answer = send(clerk, "session")
    assert answer.status_code == 422
    assert "闭会" in html.unescape(answer.content.decode())
    assert send(clerk, "session", opens_on="2023-02-01", closes_on="").status_code == 422
    assert send(clerk, "preview", opens_on="2021-02-31").status_code == 422


def test_who_may(town: Town) -> None:
    for who, read, sent in (("leader", 200, 403), ("lin", 404, 404), ("edu_liaison", 404, 404)):
        reader = Reader(town, who)
        assert (reader.get("terms").status_code, send(reader, "do").status_code) == (read, sent)
    with pytest.raises(NotPermitted):
        services.change_term(
            congress=town.congress,
            opens_on=OPENS,
            closes_on=CLOSES,
            actor=town.actor("leader"),
            at=BEFORE,
        )
    assert Suggestion.objects.count() == 0
