"""What the shipped packs say, day by day, and that every word of it is cited."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from huiyin.rulebook import (
    PARAMETERS,
    Confidence,
    Decision,
    MonthDay,
    Period,
    RatedBy,
    RehandleTrigger,
    ReplyTo,
    RulebookError,
    StartEvent,
    Unit,
    WithdrawalUntil,
    available,
    load,
)

ASSIGNED = date(2020, 2, 12)
DAYS = [date(2015, 8, 29), ASSIGNED, date(2021, 3, 12), date(2025, 3, 11), date(2025, 3, 12)]


def test_the_shipped_packs() -> None:
    assert available() == (
        "beijing", "chongqing", "chongqing-township", "henan", "hunan", "national", "qingdao",
        "shandong", "shandong-township", "shanghai", "zhejiang",
    )  # fmt: skip


def test_hunan_in_the_year_of_its_report() -> None:
    rules = load("hunan", on=ASSIGNED)
    assert rules.reply.limit == Period(3, Unit.MONTHS, StartEvent.ASSIGNMENT)
    assert rules.reply.limit_wide == Period(6, Unit.MONTHS, StartEvent.ASSIGNMENT)
    assert rules.cohandle.limit == Period(2, Unit.MONTHS, StartEvent.RECEIPT)
    assert rules.return_.limit == Period(10, Unit.DAYS, StartEvent.RECEIPT)
    assert rules.feedback.limit == Period(10, Unit.DAYS, StartEvent.DELIVERY)
    assert rules.feedback.by is RatedBy.LEAD
    assert rules.feedback.scale.codes == ("VS", "S", "BS", "NS")
    assert [each.code for each in rules.feedback.dimensions] == ["attitude", "result"]
    assert rules.classes.scheme.codes == ("A1", "A2", "A3", "B1", "B2", "C1", "C2")
    assert rules.rehandle.trigger is RehandleTrigger.AUTOMATIC
    assert [each.code for each in rules.rehandle.dimensions] == ["result"]
    assert rules.satisfaction_rate.includes_basic is False


def test_the_national_rules_today() -> None:
    rules = load("national", on=date(2026, 1, 1))
    assert rules.reply.limit == Period(3, Unit.MONTHS, StartEvent.ASSIGNMENT)
    assert rules.feedback.scale.codes == ("S", "BS", "NS")
    assert rules.classes.scheme.codes == ("A", "B", "C", "D")
    assert rules.rehandle.trigger is RehandleTrigger.BY_BODY
    assert rules.joint.reply_to is ReplyTo.EACH_OR_LEAD
    assert rules.withdrawal.until is WithdrawalUntil.REPLIED
    assert rules.extension.needs_consent is False
    assert rules.contact.limit is None
    assert rules.contact.before_reply
    assert rules.extension.limit == Period(6, Unit.MONTHS, StartEvent.ASSIGNMENT)
    assert rules.opinion.micro_limit == Period(7, Unit.DAYS, StartEvent.RECEIPT)
    assert rules.session.organ_report_by is None


def test_a_day_of_every_year_is_read() -> None:
    decision = decided({"session.organ_report_by": "08-31"})
    rules = load("hunan", on=ASSIGNED, decision=decision)
    assert rules.session.organ_report_by == MonthDay(8, 31)
    assert str(rules.session.organ_report_by) == "08-31"


@pytest.mark.parametrize("day", ["02-29", "04-31", "13-01", "00-10", "06-00", "8-31", 831])
def test_a_day_no_year_has_is_refused(day: object) -> None:
    with pytest.raises(RulebookError, match='such as "08-31"'):
        load("hunan", on=ASSIGNED, decision=decided({"session.organ_report_by": day}))


@pytest.mark.parametrize(
    ("on", "article", "version"),
    [
        (date(2025, 3, 11), "第四十二条第一款", "2015-08-29"),
        (date(2025, 3, 12), "第五十一条第二款", "2025-03-11"),
    ],
)
def test_the_law_changes_on_the_day_it_comes_into_force(
    on: date, article: str, version: str
) -> None:
    source = load("national", on=on).cite("reply.limit").source
    assert (source.article.zh, source.version) == (article, version)
    assert source.citation.zh == f"《代表法》{article}"


def test_a_province_takes_what_it_does_not_say_from_the_nation() -> None:
    rules = load("hunan", on=ASSIGNED)
    origins = {each.key: each.origin for each in rules.citations}
    assert origins["cohandle.limit"] == "hunan"
    assert origins["cohandle.counts_from"] == "national"
    assert origins["reply.limit"] == "national"


def test_before_its_own_values_begin_a_province_follows_the_nation() -> None:
    rules = load("hunan", on=date(2019, 12, 31))
    assert {each.origin for each in rules.citations} == {"national"}
    assert rules.title.zh == "湖南省"


@pytest.mark.parametrize("name", available())
@pytest.mark.parametrize("on", DAYS)
def test_every_value_of_every_pack_is_cited_in_both_languages(name: str, on: date) -> None:
    rules = load(name, on=on)
    assert [each.key for each in rules.citations] == list(PARAMETERS)
    for each in rules.citations:
        source = each.source
        assert each.since <= on
        assert each.until is None or on < each.until
        assert source.title.zh and source.title.en and source.text.zh and source.text.en
        ours = source.confidence is Confidence.DEFAULT
        assert source.confidence is not Confidence.DECIDED
        assert bool(source.article.zh and source.article.en and source.version) is not ours


def test_a_rulebook_cannot_be_changed() -> None:
    rules = load("national", on=ASSIGNED)
    with pytest.raises(FrozenInstanceError):
        rules.reply.limit = Period(1, Unit.DAYS, StartEvent.RECEIPT)  # type: ignore[misc]


def test_an_unknown_key_has_no_citation() -> None:
    with pytest.raises(KeyError):
        load("national", on=ASSIGNED).cite("reply.colour")


def test_a_day_before_every_law_known_is_refused_with_the_first_day() -> None:
    with pytest.raises(RulebookError) as refusal:
        load("hunan", on=date(2015, 8, 28))
    assert refusal.value.file == "national.toml"
    assert refusal.value.line > 0
    assert "2015-08-29" in refusal.value.remedy.zh
    assert "2015-08-29" in str(refusal.value)


# --- What a congress decides for itself


def decided(values: dict[str, object], since: date = ASSIGNED) -> Decision:
    return Decision(
        values=values,
        decided_by="岳川省人大常委会",
        decided_on=date(2020, 1, 20),
        since=since,
        basis="主任会议第3次会议决定",
    )


def test_a_decision_replaces_only_what_it_names_and_is_cited() -> None:
    decision = decided({"reply.limit": "2 months", "feedback.by": "each"})
    rules = load("hunan", on=ASSIGNED, decision=decision)
    assert rules.reply.limit == Period(2, Unit.MONTHS, StartEvent.ASSIGNMENT)
    assert rules.feedback.by is RatedBy.EACH
    assert rules.reply.limit_wide == Period(6, Unit.MONTHS, StartEvent.ASSIGNMENT)
    citation = rules.cite("feedback.by")
    assert citation.origin == "岳川省人大常委会"
    assert citation.source.confidence is Confidence.DECIDED
    assert citation.source.citation.zh == "岳川省人大常委会"
    assert citation.source.text.zh == "主任会议第3次会议决定"


def test_a_new_start_moves_every_period_counted_from_it() -> None:
    rules = load("hunan", on=ASSIGNED, decision=decided({"reply.counts_from": "session_close"}))
    assert rules.reply.limit.counted_from is StartEvent.SESSION_CLOSE
    assert rules.reply.limit_wide.counted_from is StartEvent.SESSION_CLOSE
    assert rules.cohandle.limit.counted_from is StartEvent.RECEIPT


def test_a_decision_does_not_reach_back() -> None:
    tomorrow = decided({"feedback.by": "each"}, since=date(2020, 2, 13))
    assert load("hunan", on=ASSIGNED, decision=tomorrow).feedback.by is RatedBy.LEAD
    assert load("hunan", on=date(2020, 2, 13), decision=tomorrow).feedback.by is RatedBy.EACH


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("feedback.who", "each", "feedback.by"),
        ("feedback.by", "everyone", '"group_leader"'),
        ("reply.limit", "7 months", "reply.limit_wide"),
    ],
)
def test_an_impossible_decision_is_refused(key: str, value: object, said: str) -> None:
    with pytest.raises(RulebookError) as refusal:
        load("hunan", on=ASSIGNED, decision=decided({key: value}))
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("岳川省人大常委会: ")  # a decision has no lines
    assert refusal.value.remedy.zh


@pytest.mark.parametrize("longest", ["60 months", "1830 days", "1250 working days"])
def test_the_longest_periods_that_are_taken(longest: str) -> None:
    number, _, unit = longest.partition(" ")
    decision = decided({"contact.limit": longest})
    assert load("hunan", on=ASSIGNED, decision=decision).contact.limit is not None
    with pytest.raises(RulebookError):
        too_long = decided({"contact.limit": f"{int(number) + 1} {unit}"})
        load("hunan", on=ASSIGNED, decision=too_long)


def test_a_place_may_give_every_suggestion_the_same_time() -> None:
    same = decided({"reply.limit": "4 months", "reply.limit_wide": "4 months"})
    rules = load("hunan", on=ASSIGNED, decision=same)
    assert rules.reply.limit.count == rules.reply.limit_wide.count == 4


def test_periods_of_different_units_are_not_compared() -> None:
    mixed = decided({"reply.limit": "90 days", "reply.limit_wide": "6 months"})
    assert load("hunan", on=ASSIGNED, decision=mixed).reply.limit_wide.unit is Unit.MONTHS


def test_a_pack_nobody_wrote_is_refused_with_those_there_are() -> None:
    with pytest.raises(RulebookError, match=r"atlantis\.toml: .*hunan, national, qingdao"):
        load("atlantis", on=ASSIGNED)
    with pytest.raises(RulebookError):
        load("../packs/national", on=ASSIGNED)
