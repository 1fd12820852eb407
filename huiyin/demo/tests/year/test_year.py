"""The year gives the figures of the report of 2020, each counted from rows."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.test import Client

from huiyin.accounts import offering
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post, Role
from huiyin.demo import last_year, quotas
from huiyin.demo.telling import Book
from huiyin.documents.content import examined
from huiyin.documents.models import Attachment
from huiyin.documents.storage import path_of
from huiyin.kernel.clock import ZONE
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.selectors import rulebook_for
from huiyin.outbox.models import Delivery as Letter
from huiyin.outbox.models import Notice, State
from huiyin.rulebook import percent, shipped_calendar
from huiyin.suggestions.duties import waiting_for
from huiyin.suggestions.lifecycle import TABLES
from huiyin.suggestions.models import (
    Act,
    Assignment,
    AssignmentMeeting,
    Draft,
    ItemCharge,
    MergeGroup,
    Rating,
    Reply,
    ReplyPoint,
    Suggestion,
    Version,
)
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.selectors import POPULATIONS, RECEIVED, handled_by_system, overdue
from huiyin.suggestions.stages import ANSWERING, HandlingRole, ReturnStanding, Signing, Stage
from tests.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("year")]

PARTY_GROUP = ("party", "congress")

# Source 004 and what issue readings make of it; nothing here is computed.
FIGURES = {
    "received": 1465,
    "received_in_session": 1421,
    "received_between": 44,
    "answered": 1448,
    "answered_in_session": 1421,
    "answered_between": 27,
    "first_handling": 17,
    "classed": 1442,
    "class_missing": 6,
    "feedback_base": 1438,
    "fed_back": 1037,
    "no_feedback": 401,
    "dissatisfied_first": 48,
    "rerated": 44,
    "being_rehandled": 4,
    "withdrawn": 9,
}


def this_year() -> QuerySet[Suggestion]:
    """The session the report speaks of; last year's cases stand beside it."""
    return Suggestion.objects.filter(session__ordinal=3)


def counted(name: str) -> int:
    return this_year().filter(POPULATIONS[name]).count()


def table(name: str, column: str) -> dict[str, int]:
    rows = this_year().filter(POPULATIONS[name]).values_list(column)
    return dict(rows.annotate(n=Count("pk")).order_by())


def led(*codes: str) -> int:
    parts = Assignment.objects.filter(organ__code__in=codes, role__in=("lead", "sole"))
    parts = parts.filter(suggestion__in=this_year().filter(RECEIVED))
    return parts.values("suggestion").distinct().count()


def test_populations() -> None:
    assert {name: counted(name) for name in FIGURES} == FIGURES


def test_classes_of_the_latest_reply() -> None:
    assert table("classed", "outcome_class") == {
        "A1": 596,
        "A2": 143,
        "A3": 277,
        "B1": 112,
        "B2": 149,
        "C1": 126,
        "C2": 39,
    }
    groups = [percent(count, base=1442) for count in (1016, 261, 165)]
    assert [str(each) for each in groups] == ["70.5", "18.1", "11.4"]


def test_ratings_that_count() -> None:
    assert table("fed_back", "attitude") == {"VS": 470, "S": 509, "BS": 58}
    assert table("fed_back", "result") == {"VS": 412, "S": 518, "BS": 107}
    assert str(percent(1037, base=counted("feedback_base"))) == "72.1"
    first = Rating.objects.filter(suggestion__in=this_year(), round=1, counted=True)
    assert first.filter(result="NS").count() == 48
    assert first.count() == 1041


def test_answered_within_three_months_or_of_the_wide_class() -> None:
    session = this_year().filter(POPULATIONS["answered_in_session"])
    assert set(session.values_list("first_assigned_on", flat=True)) == {date(2020, 2, 12)}
    early = session.filter(first_replied_on__lte=date(2020, 5, 12))
    assert early.count() >= 1319
    wide = Assignment.objects.filter(suggestion__in=session, wide=True).values("suggestion")
    assert not session.exclude(pk__in=early.values("pk")).exclude(pk__in=wide).exists()
    assert session.aggregate(last=Max("first_replied_on"))["last"] <= date(2020, 8, 12)
    assert session.aggregate(first=Min("first_replied_on"))["first"] >= date(2020, 3, 1)


def test_every_answer_came_by_the_day_it_was_due() -> None:
    answering = Assignment.objects.filter(role__in=ANSWERING, done_on__isnull=False)
    assert answering.count() > 1490
    assert not answering.filter(done_on__gt=F("due_on")).exists()
    assert not Suggestion.objects.filter(overdue(on=quotas.TODAY)).exists()


def test_co_opinions_came_within_two_months() -> None:
    helping = Assignment.objects.filter(role=HandlingRole.CO)
    session = helping.filter(suggestion__raised="in_session").exclude(stage="stopped")
    assert not session.filter(Q(done_on__isnull=True) | Q(done_on__gt=F("due_on"))).exists()
    late = helping.filter(done_on__isnull=True, due_on__lt=quotas.TODAY).exclude(stage="stopped")
    assert late.count() == 1, "one of the running ones shows a red light"


def test_organs_sign_within_seven_days() -> None:
    signed = Assignment.objects.filter(acknowledged_on__isnull=False)
    assert not signed.filter(acknowledged_on__gt=F("assigned_on") + timedelta(days=7)).exists()
    unsigned = Assignment.objects.filter(stage="issued")
    late = unsigned.filter(assigned_on__lt=quotas.TODAY - timedelta(days=7))
    assert late.count() == 1


def test_the_party_group() -> None:
    received = this_year().filter(RECEIVED)
    assert received.filter(handled_by_system(PARTY_GROUP)).count() == 312
    assert received.filter(handled_by_system(PARTY_GROUP, leading=True)).count() == 104
    assert received.filter(handled_by_system(("congress",))).count() == 19
    assert received.filter(handled_by_system(("congress",), leading=True)).count() == 15
    parts = Assignment.objects.filter(organ__system__in=PARTY_GROUP)
    assert parts.aggregate(n=Count("organ", distinct=True))["n"] == 16
    assert led("zzb") == 21
    assert led("zzb", "xcb", "bb", "rd") == 55


def test_ninety_five_organs_handle() -> None:
    handled = Assignment.objects.filter(suggestion__in=this_year().filter(RECEIVED))
    assert handled.aggregate(n=Count("organ", distinct=True))["n"] == 95


def test_like_matters_are_merged() -> None:
    zzb = this_year().filter(lead_organ__code="zzb", merge_group__isnull=False)
    sizes = zzb.values("merge_group").annotate(n=Count("pk")).order_by("n")
    assert [row["n"] for row in sizes] == [5, 6]
    groups = this_year().filter(RECEIVED, merge_group__isnull=False)
    assert groups.aggregate(n=Count("merge_group", distinct=True))["n"] == 18


def test_what_lies_beside_is_there_and_counted_nowhere() -> None:
    stages = dict(this_year().values_list("stage").annotate(n=Count("pk")).order_by())
    assert stages[Stage.DRAFT] == Draft.objects.filter(suggestion__stage="draft").count() == 14
    assert stages[Stage.RETURNED] == Draft.objects.filter(suggestion__stage="returned").count()
    assert stages[Stage.SUBMITTED] == 11
    assert stages[Stage.NOT_ACCEPTED] == 12
    assert stages[Stage.REFERENCE_ONLY] == 13
    assert stages[Stage.WITHDRAWN] == 14
    waiting = this_year().filter(stage=Stage.REGISTERED)
    assert set(waiting.values_list("kind", flat=True)) == {"party_proposal"}
    # Two lie with the offices of their systems, which name the organs.
    offices = waiting.filter(office__isnull=False).values_list("office__name", flat=True)
    assert sorted(offices) == ["省人民政府办公厅", "省委办公厅"]
    meeting = AssignmentMeeting.objects.get()
    assert meeting.organs.count() > 50
    assert meeting.speeches.count() == 3


def test_numbers_are_labels_with_gaps() -> None:
    numbered = this_year().filter(RECEIVED)
    orders = {each.number_order or 0 for each in numbered}
    assert len(orders) == 1465
    assert max(orders) > 1500
    assert numbered.filter(raised="in_session").aggregate(last=Max("number_order"))["last"] > 1421


def test_every_form_occurs() -> None:
    received = this_year().filter(RECEIVED)
    assert received.filter(delegation__isnull=False).count() == 19
    assert received.filter(entered_by__isnull=False).count() == 24
    assert received.filter(kind="motion").count() == 38
    joint = received.filter(signatures__standing=Signing.CONFIRMED).distinct().count()
    assert 500 < joint < 900
    assert Assignment.objects.filter(role="separate").count() == 44
    # Where two answer separately, each answers its own requests and none is left.
    charged = ItemCharge.objects.filter(assignment__role="separate", assignment__round=1)
    answered = ReplyPoint.objects.filter(reply__file__assignment__in=charged.values("assignment"))
    pairs = set(charged.values_list("assignment", "request"))
    said = set(answered.values_list("reply__file__assignment", "request"))
    assert len(pairs) > 44
    assert said
    assert said <= pairs
    moves = Counter(Act.objects.values_list("move", flat=True))
    for rare in ("accept_wording", "refuse_wording", "return", "send_back", "decline_signature"):
        assert moves[rare] >= 9, rare
    assert set(Version.objects.values_list("raised_before", flat=True)) == {
        "no",
        "two",
        "three",
        "more",
    }
    army = received.filter(lead__delegation__name__startswith="解放军")
    assert army.count() == 8


# --- It could have been done step by step


def test_every_case_replays() -> None:
    assert list(differences()) == []


def test_the_record_is_whole_and_in_order(year: Book) -> None:
    key = year.world.congress.key
    assert verify_chain(key) == []
    lines = Entry.objects.filter(chain=key)
    assert lines.count() > 36_000 + 2500
    assert set(lines.values_list("via", flat=True).distinct()) == {"demo"}
    assert lines.filter(action__startswith="suggestion").count() > 1538


def test_each_step_was_taken_by_whom_the_table_allows() -> None:
    cases = {
        case.pk: case
        for case in Suggestion.objects.select_related("lead").prefetch_related(
            "signatures", "review_requests"
        )
    }
    acts = Act.objects.exclude(via="import").select_related(
        "post__person", "assignment", "reply_file__assignment"
    )
    for act in acts:
        row = TABLES[Table(act.table)].find(act.move)
        # What follows by itself is nobody's; a signature confirmed is no longer invited, nor is an
        # organ asked that has answered.
        if row.allowed.__name__ in ("follows_from_it", "is_invited", "is_asked_to_take_it"):
            continue
        subject = act.reply_file or act.assignment or cases[act.suggestion_id]
        assert row.allowed(Actor.of(act.post), subject), (act.move, act.post.person.login)


def test_time_runs_forward_and_stops_yesterday() -> None:
    moments: dict[int, list[datetime]] = {}
    for case, at in Act.objects.order_by("suggestion", "seq").values_list("suggestion", "at"):
        moments.setdefault(case, []).append(at)
    assert all(each == sorted(each) for each in moments.values())
    assert Act.objects.aggregate(last=Max("at"))["last"].astimezone(ZONE).date() < quotas.TODAY


def test_officials_work_on_working_days() -> None:
    officials = Act.objects.exclude(post__role=Role.DEPUTY).values_list("at", flat=True)
    calendar = shipped_calendar()
    days = {at.astimezone(ZONE).date() for at in officials}
    # 18 January was a Saturday nobody worked: the session had closed the day before.
    assert [day for day in sorted(days) if not calendar.is_working_day(day)] == []
    hours = {at.astimezone(ZONE).hour for at in officials}
    assert hours <= set(range(8, 19))
    deputies = Act.objects.filter(post__role=Role.DEPUTY).values_list("at", flat=True)
    assert {at.astimezone(ZONE).hour for at in deputies} <= set(range(8, 23))


# --- What stands in it


def test_no_two_titles_are_alike() -> None:
    titles = Suggestion.objects.values_list("title", flat=True)
    assert len(set(titles)) == len(titles) == 1538 + last_year.COUNT
    assert not [title for title in titles if not re.fullmatch(r"关于.+的建议", title)]


def test_texts_are_whole_and_no_slot_is_left_open() -> None:
    for version in Version.objects.all():
        assert 75 <= len(version.situation) <= 420, version.situation
        assert "{" not in version.situation + version.title
    for reply in Reply.objects.prefetch_related("points"):
        assert "{" not in reply.opening + reply.closing
        assert all("{" not in point.answer for point in reply.points.all())


def test_every_request_is_answered_and_every_signer_has_it() -> None:
    last = Reply.objects.filter(deliveries__isnull=False).distinct()
    asked = dict(
        Version.objects.values_list("suggestion").annotate(n=Count("requests")).order_by("ordinal")
    )
    signed = dict(
        Suggestion.objects.values_list("pk").annotate(
            n=Count("signatures", filter=Q(signatures__standing__in=("lead", "confirmed")))
        )
    )
    shared = dict(ItemCharge.objects.values_list("assignment").annotate(n=Count("pk")))
    rows = last.annotate(
        case=F("file__assignment__suggestion"),
        part=F("file__assignment"),
        said=Count("points", distinct=True),
        handed=Count("deliveries", distinct=True),
    )
    for reply in rows:
        assert reply.said == shared.get(reply.part, asked[reply.case])
        assert reply.handed == signed[reply.case]


def test_letters_are_numbered_once() -> None:
    numbers = (
        Reply.objects.filter(deliveries__isnull=False)
        .distinct()
        .values_list("document_no", flat=True)
    )
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r".+(复|函)〔(2019|2020)〕\d+号", number) for number in numbers)


def test_papers_have_their_scans() -> None:
    kept = Attachment.objects.filter(part="scan")
    assert kept.count() == this_year().filter(entered_by__isnull=False).count() == 24
    for attachment in kept:
        with path_of(attachment.stored_as).open("rb") as file:
            assert examined(file, name=attachment.original_name).content_type == "application/pdf"


def test_everybody_on_the_sign_in_page_has_something_to_do(year: Book) -> None:
    idle = {"shen", "han"}  # a leader and an electing unit's liaison look on
    for login, post in year.world.cast.items():
        if login not in idle:
            assert waiting_for(Actor.of(post)), login
    lin = {each.duty.name for each in waiting_for(Actor.of(year.world.cast["lin"]))}
    assert lin == {"confirm", "contact", "finish_draft", "rate", "revise"}


# Who walks over which pages, no more than take few seconds; scripts/walk_numbers.py walks over all
# of them, in every post.
WALKED = {
    "shen": ("/", "/board/"),
    "lin": ("/", "/promises/kept/"),
}


@pytest.mark.parametrize("login", WALKED)
def test_every_number_opens_exactly_the_rows_it_counts(
    year: Book, login: str, settings: Any
) -> None:
    settings.HUIYIN_TODAY = quotas.TODAY
    client = Client()
    client.force_login(year.world.cast[login].person)
    walk = Walk(login, client, each=0)
    for page in WALKED[login]:
        walk.go(start=page)
    assert (walk.differences, walk.failed) == ([], [])
    assert walk.numbers > 25


def test_a_co_signer_and_a_co_handler_are_offered_beside_the_roles(year: Book) -> None:
    offered = {card.post.pk for card in offering.cards(on=quotas.TODAY)}
    assert {post.pk for post in year.world.cast.values()} == offered
    duties = {
        login: {each.duty.name for each in waiting_for(Actor.of(year.world.cast[login]))}
        for login in ("ouyang", "feng")
    }
    assert duties == {"ouyang": {"confirm"}, "feng": {"acknowledge", "opinion"}}


def test_nobody_can_be_reached_by_mistake() -> None:
    people = Person.objects.all()
    assert people.count() > 1200
    assert not people.exclude(email__endswith="@yuechuan.example").exists()
    assert not people.exclude(phone__startswith="1990000").exists()
    assert Post.objects.filter(role=Role.DEPUTY).count() == quotas.DEPUTIES
    assert len(set(people.values_list("name", flat=True))) == people.count()


def test_inboxes_hold_read_and_unread_and_no_letter_waits() -> None:
    notices = Notice.objects.all()
    assert 50 < notices.filter(read_at__isnull=True).count() < notices.count()
    assert not Letter.objects.filter(state=State.QUEUED).exists()


# --- What was disputed, merged


def test_a_dispute_of_four_rounds_ended_as_in_the_report() -> None:
    """Two refusals, a third organ asked by the office, and it stays for good."""
    part = Assignment.objects.get(returning=ReturnStanding.DECIDED)
    asked = part.return_requests.order_by("number").values_list("by", "answer__accepts")
    assert list(asked) == [("organ", False), ("organ", False), ("arbiter", False)]
    decided = part.return_decisions.order_by("number").values_list("number", "outcome", "final")
    rounds = [(1, "refused", False), (2, "refused", False), (4, "upheld", True)]
    assert list(decided) == rounds
    assert (part.contested_since, part.organ.code) == (None, "wjw")
    assert part.suggestion.stage == Stage.IN_HANDLING
    declined = part.acts.filter(move="decline_it").order_by("seq")
    named = part.return_requests.order_by("number").values_list("named", flat=True)
    assert list(declined.values_list("post__organ", flat=True)) == list(named)


def test_merged_groups_have_one_organ_and_each_deputy_his_own_reply() -> None:
    groups = MergeGroup.objects.annotate(n=Count("members")).filter(n__gt=1)
    assert groups.count() == quotas.MERGE_GROUPS
    for case in Suggestion.objects.filter(merge_group__in=groups, stage=Stage.CLOSED):
        replies = Reply.objects.filter(file__assignment__suggestion=case)
        assert replies.filter(deliveries__deputy=case.lead).exists()


# --- The year before


def test_last_year_is_closed_to_the_last_and_counted_in_its_own_session() -> None:
    before = Suggestion.objects.filter(session__ordinal=2)
    received = before.filter(RECEIVED)
    assert received.count() == before.count() == last_year.COUNT
    assert dict(before.values_list("stage").annotate(n=Count("pk")).order_by()) == {
        Stage.CLOSED: last_year.COUNT - last_year.CIRCULATED,
        Stage.REFERENCE_ONLY: last_year.CIRCULATED,
    }
    assert before.filter(POPULATIONS["classed"]).count() == last_year.COUNT - last_year.CIRCULATED
    assert 80 < before.filter(POPULATIONS["fed_back"]).count() < 120
    assert before.aggregate(last=Max("replied_on"))["last"] < date(2019, 6, 5)
    assert not before.filter(first_replied_on__gt=F("first_due_on")).exists()


def test_last_year_keeps_last_year_s_classes_and_grades(year: Book) -> None:
    before = Suggestion.objects.filter(session__ordinal=2)
    on = before.aggregate(first=Min("submitted_on"))["first"]
    rules = rulebook_for(congress=year.world.congress, session=year.world.last_session, on=on)
    classes = set(before.exclude(outcome_class="").values_list("outcome_class", flat=True))
    assert classes == set(rules.classes.scheme.codes) == {"A", "B", "C", "D"}
    grades = set(before.exclude(result="").values_list("result", flat=True))
    assert grades < set(rules.feedback.scale.codes) == {"S", "BS", "NS"}


def test_last_year_s_were_carried_in_before_this_year_began(year: Book) -> None:
    acts = Act.objects.filter(suggestion__session__ordinal=2)
    assert set(acts.values_list("via", flat=True).distinct()) == {"import"}
    assert set(acts.values_list("post", flat=True).distinct()) == {year.world.cast["chen"].pk}
    days = acts.aggregate(first=Min("on"), last=Max("on"), entered=Max("at"))
    assert date(2019, 1, 26) <= days["first"] <= days["last"] < days["entered"].date()
    assert days["entered"].date() == date(2019, 12, 16)
    texts = Version.objects.filter(suggestion__session__ordinal=2)
    assert not texts.filter(situation__contains="疫").exists()


def test_what_was_only_to_be_studied_went_to_an_organ_and_needs_no_reply() -> None:
    parts = Assignment.objects.filter(role=HandlingRole.REFERENCE)
    assert parts.count() == last_year.CIRCULATED
    assert set(parts.values_list("stage", flat=True)) == {"done"}
    studied = Suggestion.objects.filter(assignments__in=parts)
    assert set(studied.values_list("wants_no_reply", "replied_on")) == {(True, None)}
