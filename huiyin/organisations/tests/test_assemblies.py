"""Congresses, terms, sessions, divisions, and the rules in force on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.tests.town import NOW, TERM_BEGAN, TODAY, Town
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted, Stale
from huiyin.ledger.models import Entry
from huiyin.ledger.verify import verify_chain
from huiyin.organisations import selectors, services
from huiyin.organisations.models import (
    Assembly,
    Congress,
    Division,
    Level,
    RuleChoice,
    Session,
    Term,
)
from huiyin.organisations.services import rule_choices
from huiyin.organisations.session_names import SessionName
from huiyin.rulebook import RulebookError, Words, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def _choose(town: Town, **rest) -> RuleChoice:
    values: dict[str, Any] = {
        "congress": town.congress,
        "pack": "hunan",
        "valid_from": date(2020, 1, 1),
        "decided_by": "省人大常委会主任会议",
        "decided_on": date(2019, 12, 20),
        "basis": "第三十二次主任会议纪要",
        "first_free": None,
        "actor": town.actor("clerk"),
        "at": NOW,
    }
    return services.choose_rules(**{**values, **rest})


def _session(town: Town, ordinal: int = 4, **rest) -> Session:
    values: dict[str, Any] = {
        "congress": town.congress,
        "term": town.term,
        "actor": town.actor("clerk"),
    }
    return services.open_session(ordinal=ordinal, at=NOW, **{**values, **rest})


def test_a_congress_is_founded_on_record() -> None:
    congress = services.found_congress(
        slug="yuebei",
        name="岳北市人民代表大会",
        short_name="岳北市",
        level=Level.CITY,
        actor=None,
        at=NOW,
        via="command",
    )

    line = Entry.objects.get(chain_id=congress.key)
    assert (line.action, line.after, line.role, line.via) == (
        "congress.found",
        "岳北市人民代表大会",
        "system",
        "command",
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"slug": "yuechuan"}, Conflict),
        ({"name": "岳川省人民代表大会"}, Conflict),
        ({"level": "planet"}, Invalid),
        ({"level": Level.PROVINCE}, Invalid),
    ],
)
def test_a_congress_that_cannot_be_is_not_founded(town: Town, changed, refusal) -> None:
    values: dict[str, Any] = {
        "slug": "yuebei",
        "name": "岳北市人民代表大会",
        "short_name": "岳北市",
        "level": Level.CITY,
        "parent": town.congress,
    }

    with pytest.raises(refusal):
        services.found_congress(**{**values, **changed}, actor=None, at=NOW)

    assert Congress.objects.count() == 1


def test_a_session_is_entered_once_and_named_as_usual(town: Town) -> None:
    first = _session(town)
    again = _session(town)

    assert first == again
    assert first.name == "岳川省第十三届人民代表大会第四次会议"
    assert Entry.objects.filter(action="session.open").count() == 1


def test_the_cppcc_counts_its_own_terms(town: Town) -> None:
    shared: dict[str, Any] = {"congress": town.congress, "actor": town.actor("clerk"), "at": NOW}
    term = services.open_term(ordinal=13, assembly=Assembly.CPPCC, **shared)
    session = _session(town, term=term, ordinal=3)

    assert term != town.term
    assert session.assembly == Assembly.CPPCC
    assert session.name == "政协岳川省第十三届委员会第三次会议"
    found = selectors.find_session(
        town.congress, SessionName(assembly=Assembly.CONGRESS, term=13, ordinal=3)
    )
    assert found == town.session


def test_a_session_without_ordinals_is_not_guessed(town: Town) -> None:
    name = SessionName(assembly=Assembly.CONGRESS, term=13)

    assert selectors.find_session(town.congress, name) is None


@pytest.mark.parametrize("ordinal", [0, -1, 100])
def test_nothing_is_counted_from_zero(town: Town, ordinal) -> None:
    with pytest.raises(Invalid):
        _session(town, ordinal=ordinal)


def test_a_session_belongs_to_the_congress_of_its_term(town: Town) -> None:
    term = Term.objects.create(congress=town.neighbour(), ordinal=13)

    with pytest.raises(Invalid):
        _session(town, term=term)


def test_the_days_of_a_session_can_follow_later(town: Town) -> None:
    session = _session(town)
    session = services.date_session(
        session=session,
        opens_on=date(2021, 1, 25),
        closes_on=date(2021, 1, 29),
        actor=town.actor("clerk"),
        at=NOW,
    )

    assert session.sits_on(date(2021, 1, 25))
    assert session.sits_on(date(2021, 1, 29))
    assert not session.sits_on(date(2021, 1, 30))
    assert selectors.session_on(town.congress, on=date(2021, 1, 27)) == session
    assert selectors.session_on(town.congress, on=date(2021, 1, 24)) is None


def test_days_in_the_wrong_order_are_refused(town: Town) -> None:
    with pytest.raises(Invalid):
        _session(town, opens_on=date(2021, 1, 29), closes_on=date(2021, 1, 25))


def test_the_term_of_a_day(town: Town) -> None:
    assert selectors.term_on(town.congress, on=TERM_BEGAN) == town.term
    assert selectors.term_on(town.congress, on=date(2018, 1, 24)) is None
    assert selectors.term_on(town.congress, on=date(2023, 1, 13)) is None


def test_a_stranger_opens_no_session(town: Town) -> None:
    with pytest.raises(NotPermitted):
        _session(town, actor=town.actor("lin"))


@pytest.mark.parametrize("model", [Session, Term])
def test_the_database_counts_each_ordinal_once(town: Town, model) -> None:
    row = model.objects.get()
    row.pk, row.key = None, "another-key-of-22-char"
    row._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_database_keeps_days_in_order(town: Town) -> None:
    for model, first, last in ((Session, "opens_on", "closes_on"), (Term, "starts_on", "ends_on")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**{first: date(2020, 2, 2), last: date(2020, 2, 1)})


def test_a_known_division_comes_with_all_above_it() -> None:
    county = services.ensure_division("431123")

    assert county.name == "双牌县"
    assert list(Division.objects.values_list("code", "level")) == [
        ("000000", "national"),
        ("430000", "province"),
        ("431100", "city"),
        ("431123", "county"),
    ]


def test_a_township_needs_its_name() -> None:
    with pytest.raises(Invalid) as refused:
        services.ensure_division("431123999")
    township = services.ensure_division("431123999", name="某镇")

    assert list(refused.value.fields) == ["name"]
    assert (township.name, township.parent_id) == ("某镇", "431123")


@pytest.mark.parametrize("code", ["", "43", "43112A", "４３１１２３", "4311230"])
def test_what_is_no_code_is_refused(code) -> None:
    with pytest.raises(Invalid):
        services.ensure_division(code, name="某县")


@pytest.mark.parametrize("place", ["岳川省", "岳川", "岳川省人民代表大会"])
def test_a_congress_is_found_by_its_place(town: Town, place) -> None:
    assert selectors.congress_named(place) == town.congress
    assert selectors.congress_of(town.division) == town.congress


def test_a_county_is_found_behind_its_city() -> None:
    county = Congress.objects.create(
        slug="shuangpai",
        name="双牌县人民代表大会",
        short_name="双牌县",
        level=Level.COUNTY,
        division=services.ensure_division("431123"),
    )

    assert selectors.congress_named("永州市双牌县") == county
    assert selectors.congress_named("双牌县", level=Level.CITY) is None
    assert selectors.congress_named("") is None


def test_a_congress_that_decided_nothing_follows_the_nation(town: Town) -> None:
    assert selectors.rulebook_for(congress=town.congress, on=TODAY).pack == "national"


def test_a_choice_rules_from_its_day_on(town: Town) -> None:
    _choose(town)

    before = selectors.rulebook_for(congress=town.congress, on=date(2019, 12, 31))
    after = selectors.rulebook_for(congress=town.congress, on=date(2020, 1, 1))

    assert (before.pack, after.pack) == ("national", "hunan")


def test_a_choice_for_a_session_wins_for_that_session(town: Town) -> None:
    _choose(town)
    _choose(town, pack="national", session=town.session)

    general = selectors.rulebook_for(congress=town.congress, on=TODAY)
    own = selectors.rulebook_for(congress=town.congress, session=town.session, on=TODAY)

    assert (general.pack, own.pack) == ("hunan", "national")


def test_a_deviation_is_in_force_with_its_source(town: Town) -> None:
    _choose(town, overrides={"reply.limit": "2 months"})

    rules = selectors.rulebook_for(congress=town.congress, on=TODAY)

    assert rules.reply.limit.count == 2
    assert rules.cite("reply.limit").source.text.zh == "第三十二次主任会议纪要"


@pytest.mark.parametrize("wrong", [{"pack": "atlantis"}, {"overrides": {"reply.limit": "soon"}}])
def test_rules_that_do_not_load_are_never_chosen(town: Town, wrong) -> None:
    with pytest.raises(Invalid):
        _choose(town, **wrong)

    assert not RuleChoice.objects.exists()


def test_a_choice_is_not_rewritten_but_followed(town: Town) -> None:
    first = _choose(town)
    second = _choose(town, pack="national")

    with pytest.raises(Conflict):
        first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChoice.objects.filter(pk=first.pk).update(pack="national")
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChoice.objects.filter(pk=first.pk).delete()

    assert list(selectors.rule_choices(town.congress)) == [second, first]
    assert selectors.rulebook_for(congress=town.congress, on=TODAY).pack == "national"


def test_a_choice_is_on_record_with_who_when_and_why(town: Town) -> None:
    choice = _choose(town)

    line = Entry.objects.get(action="rules.choose")
    assert (line.subject_key, line.after) == (choice.key, "hunan 2020-01-01")
    assert line.facts == [["organisations.RuleChoice", choice.key, choice.fact_digest()]]
    assert (choice.at, choice.entered_by) == (NOW, town.post("clerk").key)
    assert verify_chain(town.congress.key) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": "  "}, "basis"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": date(2020, 3, 3)}, "decided_on"),
    ],
)
def test_no_choice_without_grounds(town: Town, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _choose(town, **wrong)

    assert set(refused.value.fields) == {field}
    assert not RuleChoice.objects.exists()


def test_a_choice_does_not_begin_before_the_last_one(town: Town) -> None:
    _choose(town, valid_from=date(2020, 6, 1))

    with pytest.raises(Invalid) as refused:
        _choose(town, pack="national", valid_from=date(2020, 5, 31))

    assert "2020-06-01" in str(refused.value)
    assert refused.value.remedy


def test_a_choice_does_not_reach_back_to_cases_that_have_begun(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        _choose(town, valid_from=TODAY, first_free=date(2020, 3, 3))
    _choose(town, valid_from=date(2020, 3, 3), first_free=date(2020, 3, 3))

    assert set(refused.value.fields) == {"valid_from"}


def test_the_general_choices_and_a_sessions_do_not_wait_for_each_other(town: Town) -> None:
    _choose(town, valid_from=date(2020, 6, 1))
    _choose(town, session=town.session, valid_from=date(2020, 1, 2))

    assert RuleChoice.objects.count() == 2


def test_what_holds_already_is_not_chosen_again(town: Town) -> None:
    _choose(town)

    with pytest.raises(Invalid):
        _choose(town, valid_from=date(2020, 4, 1))


def test_of_two_clerks_the_second_is_told(town: Town) -> None:
    first = _choose(town, follows="")

    with pytest.raises(Stale):
        _choose(town, pack="national", follows="", actor=town.actor("second_clerk"))
    _choose(town, pack="national", follows=first.key)

    assert RuleChoice.objects.count() == 2


def test_a_deviation_that_stands_keeps_the_decision_that_made_it(town: Town) -> None:
    own = {"reply.limit": "2 months", "reply.signer": "main_head"}
    _choose(town, overrides=own)
    _choose(
        town,
        overrides={**own, "reply.limit": "1 month", "feedback.limit": "15 days"},
        valid_from=date(2020, 6, 1),
        decided_by="常委会第二十次会议",
        basis="第二十次会议决定",
    )

    rules = selectors.rulebook_for(congress=town.congress, on=date(2020, 7, 1))

    sources = {key: rules.cite(key).source.text.zh for key in ("reply.limit", "reply.signer")}
    assert sources == {
        "reply.limit": "第二十次会议决定",
        "reply.signer": "第三十二次主任会议纪要",
    }
    assert rules.cite("reply.signer").since == date(2020, 1, 1)
    assert rules.cite("feedback.limit").since == date(2020, 6, 1)


def test_a_deviation_taken_back_and_decided_again_is_new(town: Town) -> None:
    own = {"reply.limit": "2 months"}
    _choose(town, overrides=own)
    _choose(town, valid_from=date(2020, 2, 1))
    _choose(town, overrides=own, valid_from=date(2020, 3, 1), basis="第三十四次主任会议纪要")

    rules = selectors.rulebook_for(congress=town.congress, on=TODAY)

    assert rules.cite("reply.limit").since == date(2020, 3, 1)


def test_rules_that_will_not_load_later_are_not_chosen_now(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A law of 2025 takes a value away that the choice of 2020 needs."""
    real = load

    def gone(pack: str, *, on: date, decision: Any) -> Any:
        if on >= date(2025, 1, 1):
            raise RulebookError("hunan.toml", 1, Words(zh="无", en="none"), Words(zh="", en=""))
        return real(pack, on=on, decision=decision)

    monkeypatch.setattr(rule_choices, "load", gone)

    with pytest.raises(Invalid):
        _choose(town)


def test_one_query_answers_for_every_day(town: Town, django_assert_num_queries) -> None:
    _choose(town)

    with django_assert_num_queries(1):
        books = selectors.Rulebooks.of(town.congress)
        assert {books.on(date(2020, 2, day)).pack for day in range(1, 29)} == {"hunan"}


def test_delegations_and_units_are_entered_once(town: Town) -> None:
    shared: dict[str, Any] = {"congress": town.congress, "actor": town.actor("clerk"), "at": NOW}
    for _each in range(2):
        services.add_delegation(term=town.term, name="岳东代表团", **shared)
        services.add_electing_unit(name="岳东市人民代表大会", **shared)

    assert [each.name for each in selectors.delegations(town.congress, on=TODAY)] == [
        "岳东代表团",
        "岳北代表团",
        "岳南代表团",
    ]
    assert Entry.objects.filter(action__in=["delegation.form", "electing_unit.enter"]).count() == 2


def test_every_row_says_in_words_what_it_is(town: Town) -> None:
    choice = _choose(town)

    said = [
        str(each)
        for each in (
            services.ensure_division("430000"),
            town.congress,
            town.term,
            town.session,
            town.northern,
            town.electing_unit,
            choice,
        )
    ]

    assert said == [
        "湖南省",
        "岳川省人民代表大会",
        "岳川省第13届",
        "岳川省第十三届人民代表大会第三次会议",
        "岳北代表团",
        "岳北市人民代表大会",
        "岳川省 hunan 2020-01-01",
    ]
    assert list(selectors.rule_choices(town.congress)) == [choice]


def test_a_congress_without_division_is_found_by_its_name_alone(town: Town) -> None:
    other = town.neighbour()

    assert selectors.congress_named("临海省") == other
    assert selectors.congress_named("某省") is None


def test_a_term_is_entered_once(town: Town) -> None:
    shared: dict[str, Any] = {"congress": town.congress, "actor": town.actor("clerk"), "at": NOW}

    assert services.open_term(ordinal=13, **shared) == town.term
    assert not Entry.objects.exists()


def test_a_village_of_an_unknown_county_stands_alone() -> None:
    township = services.ensure_division("999999001", name="某乡")

    assert township.parent is None
