"""The rating: by whom, on what, until when, and what follows (M7, M8; T061, T065 to T069)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.models import Standing
from huiyin.accounts.tests.town import NOW, Town
from huiyin.kernel.errors import Conflict, DomainError, Invalid, NotPermitted
from huiyin.ledger.verify import verify_chain
from huiyin.outbox.models import Notice
from huiyin.suggestions import services
from huiyin.suggestions.models import BodyMeasure, OfficeNote, Rating
from huiyin.suggestions.models.acts import Via
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.services.scanning import Scan
from huiyin.suggestions.stages import Stage
from huiyin.suggestions.tests.attempts import MEASURE, scan
from huiyin.suggestions.tests.situations import Story, follow_hunan, follow_national
from huiyin.suggestions.tests.test_guards import refused

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=6)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def open_story(town: Town, result: str = "S") -> Story:
    """Rated, where the rules let a rating be changed for five days."""
    follow_national(town, {"feedback.change_limit": "5 days"})
    return Story(town).replied().rated(result)


def fresh(story: Story) -> Any:
    story.case.refresh_from_db()
    return story.case


def change(story: Story, who: str = "lin", **said: Any) -> Any:
    return services.change_rating(
        **{
            "case": story.case,
            "actor": story.town.actor(who),
            "at": NOW,
            "attitude": "S",
            "result": "BS",
            **said,
        }
    )


def told(event: str) -> set[str]:
    return set(Notice.objects.filter(event=event).values_list("person__name", flat=True))


# --- Final at once, or open


def test_without_a_time_for_changing_it_is_final_and_closes(town: Town) -> None:
    story = Story(town).replied().rated("S")
    case = fresh(story)
    assert (case.stage, case.result, case.rated_via) == (Stage.CLOSED, "S", Via.PAGE)
    moves = [act.move for act in case.acts.filter(table="suggestion").order_by("seq")]
    assert moves[-3:] == ["rate", "settle", "close"]
    with refused("下一环节"):
        change(story)


def test_an_open_rating_stays_out_of_every_column_and_the_organ_is_not_told(town: Town) -> None:
    case = fresh(open_story(town))
    assert case.stage == Stage.REPLIED
    assert case.rating_open_until == NOW.date() + timedelta(days=5)
    assert (case.attitude, case.result, case.first_result, case.rated_via) == ("", "", "", "")
    clerks = {town.actor(who).person.name for who in ("clerk", "second_clerk")}
    assert told("suggestion.rate") == clerks
    assert not told("suggestion.settle")
    assert list(differences()) == []


def test_both_versions_are_kept_and_the_time_is_not_drawn_out(town: Town) -> None:
    story = open_story(town)
    change(story, at=NOW + timedelta(days=4), result="BS", comment="专线班次太少。")
    first, second = story.case.ratings.order_by("pk")
    assert (first.result, second.result, second.replaces) == ("S", "BS", first)
    assert fresh(story).rating_open_until == NOW.date() + timedelta(days=5)
    with refused("已生效"):
        change(story, at=LATER)
    services.settle_ratings(at=LATER)
    assert (fresh(story).result, story.case.stage) == ("BS", Stage.CLOSED)
    assert list(differences()) == []
    assert verify_chain(town.congress.key) == []


def test_the_clock_makes_it_final_on_the_day_after_and_only_once(town: Town) -> None:
    story = open_story(town)
    assert services.settle_ratings(at=NOW + timedelta(days=5)) == 0
    assert services.settle_ratings(at=LATER) == 1
    assert services.settle_ratings(at=LATER) == 0
    case = fresh(story)
    assert (case.stage, case.result, case.rating_open_until) == (Stage.CLOSED, "S", None)
    assert told("suggestion.settle") == {town.actor("edu_liaison").person.name}
    settled = case.acts.get(move="settle")
    assert (settled.post, settled.via) == (town.post("lin"), Via.COMMAND)


def test_an_ended_mandate_does_not_keep_a_rating_open(town: Town) -> None:
    story = open_story(town)
    post = town.post("lin")
    post.standing = Standing.SUSPENDED
    post.save(update_fields=["standing"])
    assert services.settle_ratings(at=LATER) == 1
    assert fresh(story).stage == Stage.CLOSED


def test_not_satisfied_is_final_though_others_may_be_changed(town: Town) -> None:
    story = open_story(town, "NS")
    case = fresh(story)
    assert (case.rating_open_until, case.result) == (None, "NS")
    with refused("没有可以更改"):
        change(story)


def test_changed_to_not_satisfied_it_is_final_at_once(town: Town) -> None:
    story = open_story(town)
    change(story, result="NS", comment="专线没有开通。")
    case = fresh(story)
    assert (case.rating_open_until, case.result, case.stage) == (None, "NS", Stage.REPLIED)
    services.order_rehandling(case=case, actor=town.actor("clerk"), at=NOW, why="再次办理。")
    assert fresh(story).first_result == "NS"


def test_the_database_keeps_an_open_rating_out_of_the_columns(town: Town) -> None:
    case = fresh(open_story(town))
    with pytest.raises(IntegrityError), transaction.atomic():
        type(case).objects.filter(pk=case.pk).update(result="S")


def test_a_rating_is_replaced_once(town: Town) -> None:
    story = open_story(town)
    change(story)
    first = story.case.ratings.order_by("pk")[0]
    again = Rating(
        suggestion=story.case, round=1, deputy=town.post("lin"), result="S", at=NOW, replaces=first
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


# --- By whom


@pytest.mark.parametrize("who", ["zhao", "zhou", "clerk", "edu_liaison", "edu_head", "leader"])
def test_nobody_but_the_lead_deputy_rates_or_changes(town: Town, who: str) -> None:
    """T065. 承办单位、工作机构和其他代表都不能替他评价."""
    story = open_story(town)
    other = Story(town, title="关于整治南河的建议").replied()
    for step in (
        lambda: change(story, who),
        lambda: services.rate(case=other.case, actor=town.actor(who), at=NOW, result="S"),
    ):
        with pytest.raises(NotPermitted):
            step()
    assert other.case.ratings.count() == 0


def test_where_each_deputy_rates_a_co_signers_stands_beside(town: Town) -> None:
    follow_national(town, {"feedback.by": "each"})
    story = Story(town).replied()
    beside: dict[str, Any] = {"attitude": "BS", "result": "NS", "comment": "路线没有覆盖我们村。"}
    services.rate_beside(case=story.case, actor=town.actor("zhao"), at=NOW, **beside)
    with refused("已评价"):
        services.rate_beside(case=story.case, actor=town.actor("zhao"), at=NOW, **beside)
    assert fresh(story).stage == Stage.REPLIED
    story.rated("S")
    # One counted rating per round: the lead deputy's.
    assert (fresh(story).result, story.case.ratings.filter(counted=True).count()) == ("S", 1)


def test_where_the_lead_rates_for_all_a_co_signer_is_told_so(town: Town) -> None:
    story = Story(town).replied()
    with refused("领衔代表"):
        services.rate_beside(
            case=story.case, actor=town.actor("zhao"), at=NOW, attitude="S", result="S"
        )


# --- On what


def test_where_one_thing_is_rated_the_other_is_left_blank(town: Town) -> None:
    """重庆市条例第26条：只评一项."""
    follow_national(town, {"feedback.dimensions": ["result"]})
    story = Story(town).replied()
    lin = town.actor("lin")
    with refused("一项"):
        services.rate(case=story.case, actor=lin, at=NOW, attitude="S", result="S")
    services.rate(case=story.case, actor=lin, at=NOW, result="BS")
    case = fresh(story)
    assert (case.attitude, case.result, case.stage) == ("", "BS", Stage.CLOSED)


@pytest.mark.parametrize(
    ("asked", "silent"), [("no_grade", "SN"), ("not_satisfied", "S"), ("every_grade", "")]
)
def test_for_which_grades_a_reason_is_needed(town: Town, asked: str, silent: str) -> None:
    follow_national(town, {"feedback.reason": asked})
    for letter, grade in (("S", "S"), ("N", "NS")):
        story = Story(town).replied()
        try:
            services.rate(
                case=story.case, actor=town.actor("lin"), at=NOW, attitude="S", result=grade
            )
        except Conflict:
            assert letter not in silent
        else:
            assert letter in silent


# --- From paper


def enter(story: Story, **said: Any) -> Any:
    return services.enter_rating(
        **{
            "case": story.case,
            "actor": story.town.actor("clerk"),
            "at": NOW,
            "on": NOW.date(),
            "scan": scan(),
            "attitude": "S",
            "result": "S",
            **said,
        }
    )


def test_entered_from_paper_it_says_so_for_ever_and_the_deputy_is_told(town: Town) -> None:
    story = Story(town).replied()
    enter(story)
    case = fresh(story)
    rating = case.ratings.get()
    assert (rating.via, rating.deputy, rating.scan != "") == (Via.PAPER, town.post("lin"), True)
    assert (case.rated_via, case.first_rated_via) == (Via.PAPER, Via.PAPER)
    act = case.acts.get(move="enter_rating")
    assert (act.post, act.on_behalf_of) == (town.post("clerk"), town.post("lin"))
    assert told("suggestion.enter_rating") == {town.actor("lin").person.name}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (scan("空.pdf", b""), "空"),
        (scan("坏.pdf", b"%PDF-1.7\nrubbish\n%%EOF\n"), "打不开"),
        (scan("坏.png", b"\x89PNG\r\n\x1a\n0000"), "坏"),
        (scan("表.xlsx", b"PK\x03\x04"), "不是扫描件"),
    ],
    ids=["empty", "damaged PDF", "damaged picture", "no scan"],
)
def test_a_scan_that_cannot_be_opened_is_refused_in_words(
    town: Town, sent: Scan, words: str
) -> None:
    story = Story(town).replied()
    with pytest.raises(Invalid, match=words) as refusal:
        enter(story, scan=sent)
    assert "scan" in refusal.value.fields
    assert not story.case.ratings.exists()


def test_without_a_scan_or_outside_its_days_paper_is_not_entered(town: Town) -> None:
    story = Story(town).replied()
    with refused("扫描件"):
        enter(story, scan=None)
    with refused("还没有到"):
        enter(story, on=NOW.date() + timedelta(days=1))
    with refused("送达"):
        enter(story, on=date(2020, 2, 1))
    story.rated("S")
    with pytest.raises(DomainError):
        enter(story)


# --- To the congress office alone


def test_a_note_and_a_report_reach_the_office_alone(town: Town) -> None:
    story = Story(town).replied()
    services.rate(
        case=story.case,
        actor=town.actor("lin"),
        at=NOW,
        attitude="S",
        result="S",
        note="请了解经费是否真的落实。",
    )
    services.report_pressure(case=fresh(story), actor=town.actor("lin"), at=NOW)
    assert [note.kind for note in OfficeNote.objects.all()] == ["note", "pressed"]
    clerks = {town.actor(who).person.name for who in ("clerk", "second_clerk")}
    assert told("suggestion.report_pressure") == clerks


# --- A second time


def test_a_second_not_satisfied_goes_to_the_congress_body(town: Town) -> None:
    """湖南: the first opens a round by itself, the second does not."""
    follow_hunan(town)
    story = Story(town).replied().rated("NS").ordered_again().rated("NS")
    case, clerk = fresh(story), town.actor("clerk")
    assert (case.stage, case.round) == (Stage.REPLIED, 2)
    for step in (services.order_rehandling, services.decline_rehandling):
        with refused("先登记"):
            step(case=case, actor=clerk, at=NOW, why="请再办。")
    services.take_measure(case=case, actor=clerk, at=NOW, **MEASURE)
    services.order_rehandling(case=fresh(story), actor=clerk, at=NOW, why="按纪要办理。")
    assert (fresh(story).stage, story.case.round) == (Stage.IN_HANDLING, 3)
    assert (story.case.first_result, story.case.result) == ("NS", "")
    assert list(differences()) == []


def test_after_the_measure_it_may_be_closed_with_an_explanation(town: Town) -> None:
    story = Story(town).replied().rated("NS").ordered_again().rated("NS")
    clerk = town.actor("clerk")
    services.take_measure(case=fresh(story), actor=clerk, at=NOW, **MEASURE)
    services.decline_rehandling(case=fresh(story), actor=clerk, at=NOW, why="受规划限制。")
    assert (fresh(story).stage, story.case.result) == (Stage.CLOSED, "NS")


def test_a_measure_is_of_a_second_reply_and_has_minutes(town: Town) -> None:
    story = Story(town).replied().rated("NS")
    clerk = town.actor("clerk")
    with refused("再次答复"):
        services.take_measure(case=fresh(story), actor=clerk, at=NOW, **MEASURE)
    for wrong in ({"minutes": "  "}, {"kind": "party"}):
        with pytest.raises(Invalid):
            services.take_measure(case=story.case, actor=clerk, at=NOW, **MEASURE | wrong)
    measure = BodyMeasure(suggestion=story.case, round=1, at=NOW, **MEASURE)
    with pytest.raises(IntegrityError), transaction.atomic():
        measure.save()
