"""Organs through time: renamed, abolished, looked up as they were on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.accounts.tests.town import NOW, TODAY, Town
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Conflict, Invalid, NotPermitted
from huiyin.ledger.models import Entry
from huiyin.organisations import selectors, services
from huiyin.organisations.matching import How, OrganIndex
from huiyin.organisations.models import Congress, Level, Organ, OrganName, System

pytestmark = pytest.mark.django_db

REFORM = date(2018, 10, 26)
NOW_AFTER = datetime(2020, 3, 2, 10, 0, tzinfo=ZONE)


@pytest.fixture
def town() -> Town:
    return Town()


def _organ(town: Town, name: str = "省农业委员会", **rest) -> Organ:
    return services.add_organ(
        congress=town.congress,
        name=name,
        system=System.GOVERNMENT,
        actor=town.actor("clerk"),
        at=NOW,
        **rest,
    )


def _rename(town: Town, organ: Organ, name: str, on: date) -> Organ:
    return services.rename_organ(
        organ=organ, name=name, on=on, actor=town.actor("clerk"), at=NOW_AFTER
    )


def test_an_organ_bears_on_each_day_the_name_of_that_day(town: Town) -> None:
    organ = _organ(town, since=date(2009, 1, 1))
    organ = _rename(town, organ, "省农业农村厅", REFORM)

    assert organ.name_on(date(2018, 10, 25)) == "省农业委员会"
    assert organ.name_on(REFORM) == "省农业农村厅"
    assert organ.name_on(TODAY) == "省农业农村厅"


def test_names_follow_one_another_without_overlap(town: Town) -> None:
    organ = _organ(town, since=date(2009, 1, 1))
    organ = _rename(town, organ, "省农业农村厅", REFORM)

    with pytest.raises(Invalid) as refused:
        _rename(town, organ, "省农村厅", REFORM)
    organ = _rename(town, organ, "省农村厅", date(2018, 10, 27))

    assert "on" in refused.value.fields
    assert list(organ.former_names.values_list("name", "since", "until")) == [
        ("省农业委员会", date(2009, 1, 1), date(2018, 10, 25)),
        ("省农业农村厅", REFORM, REFORM),
    ]


@pytest.mark.parametrize(
    ("name", "on", "field"),
    [
        ("省农业委员会", date(2019, 1, 1), "name"),
        ("", date(2019, 1, 1), "name"),
        ("省农业农村厅", date(2020, 3, 3), "on"),
        ("省农业农村厅", date(2009, 1, 1), "on"),
    ],
)
def test_an_impossible_change_of_name_is_refused(town: Town, name, on, field) -> None:
    organ = _organ(town, since=date(2009, 1, 1))

    with pytest.raises(Invalid) as refused:
        _rename(town, organ, name, on)

    assert list(refused.value.fields) == [field]
    assert not OrganName.objects.exists()


def test_an_abolished_organ_cannot_be_chosen_and_stays_what_it_was(town: Town) -> None:
    organ = _organ(town)
    services.abolish_organ(organ=organ, on=date(2020, 2, 1), actor=town.actor("clerk"), at=NOW)

    assert organ in selectors.organs(town.congress, on=date(2020, 2, 1))
    assert organ not in selectors.organs(town.congress, on=date(2020, 2, 2))
    assert selectors.find_organ(town.congress, "省农业委员会", on=TODAY) is None
    assert selectors.find_organ(town.congress, "省农业委员会", on=date(2019, 1, 1)) == organ


def test_nothing_is_changed_about_an_abolished_organ(town: Town) -> None:
    organ = _organ(town)
    clerk = town.actor("clerk")
    services.abolish_organ(organ=organ, on=date(2020, 2, 1), actor=clerk, at=NOW)

    with pytest.raises(Conflict):
        _rename(town, organ, "省农业农村厅", date(2020, 2, 2))
    with pytest.raises(Conflict):
        services.change_organ(organ=organ, code="A1", actor=clerk, at=NOW)
    with pytest.raises(Conflict):
        services.abolish_organ(organ=organ, on=date(2020, 2, 3), actor=clerk, at=NOW)


def test_an_heir_answers_to_the_old_name_of_the_abolished(town: Town) -> None:
    old = _organ(town, "省粮食局")
    heir = _organ(town, "省粮食和物资储备局")
    services.abolish_organ(organ=old, on=REFORM, successor=heir, actor=town.actor("clerk"), at=NOW)

    match = OrganIndex.of(town.congress, on=TODAY).find("省粮食局")

    assert match is not None
    assert (match.organ, match.how) == (heir, How.SUCCESSOR)


def test_an_heir_must_live_in_the_same_congress(town: Town) -> None:
    town.neighbour()
    gone = _organ(town, "省粮食局")
    clerk = town.actor("clerk")
    services.abolish_organ(organ=gone, on=REFORM, actor=clerk, at=NOW)

    for heir in (town.neighbour_organ, gone, town.education):
        with pytest.raises(Invalid):
            services.abolish_organ(
                organ=town.education, on=TODAY, successor=heir, actor=clerk, at=NOW
            )


@pytest.mark.parametrize(
    ("written", "how"),
    [
        ("省教育厅", How.NAME),
        ("教育厅", How.SHORT_NAME),
        ("岳川省教育厅", How.SPELLING),
        ("岳川省　教育厅 ", How.SPELLING),
    ],
)
def test_an_organ_is_found_however_it_is_written(town: Town, written, how) -> None:
    match = OrganIndex.of(town.congress, on=TODAY).find(written)

    assert match is not None
    assert (match.organ, match.how) == (town.education, how)


def test_a_former_name_still_finds_the_organ(town: Town) -> None:
    organ = _rename(town, _organ(town), "省农业农村厅", REFORM)

    match = OrganIndex.of(town.congress, on=TODAY).find("省农业委员会")

    assert match is not None
    assert (match.organ, match.how) == (organ, How.FORMER_NAME)


@pytest.mark.parametrize("unknown", ["", "省航天厅", "厅"])
def test_an_unknown_name_finds_nothing(town: Town, unknown) -> None:
    assert selectors.find_organ(town.congress, unknown, on=TODAY) is None


def test_two_organs_of_one_spelling_are_not_chosen_between(town: Town) -> None:
    _organ(town, "省文化和旅游厅")
    _organ(town, "省文化与旅游厅")

    assert selectors.find_organ(town.congress, "文化旅游厅", on=TODAY) is None
    assert selectors.find_organ(town.congress, "省文化与旅游厅", on=TODAY) is not None


def test_a_short_name_of_two_organs_means_neither(town: Town) -> None:
    for name in ("省文化厅", "省文物局"):
        _organ(town, name, short_name="文化口")

    assert selectors.find_organ(town.congress, "文化口", on=TODAY) is None


def test_looking_up_many_names_costs_two_queries(town: Town, django_assert_num_queries) -> None:
    # The organs, and their former names.
    with django_assert_num_queries(2):
        index = OrganIndex.of(town.congress, on=TODAY)
        for _each in range(50):
            index.find("岳川省财政厅")


def test_a_living_name_is_borne_once(town: Town) -> None:
    with pytest.raises(Conflict):
        _organ(town, "省教育厅")
    with pytest.raises(Conflict):
        _rename(town, _organ(town), "省教育厅", REFORM)

    assert Organ.objects.filter(name="省教育厅").count() == 1


def test_a_township_congress_has_no_committees(town: Town) -> None:
    township = Congress.objects.create(
        slug="mapan", name="蟠猫乡人民代表大会", short_name="蟠猫乡", level=Level.TOWNSHIP
    )

    with pytest.raises(Invalid) as refused:
        services.add_organ(
            congress=township,
            name="乡人大财经委",
            system=System.CONGRESS,
            is_committee=True,
            actor=None,
            at=NOW,
        )

    assert list(refused.value.fields) == ["is_committee"]


@pytest.mark.parametrize(
    ("system", "flag"),
    [
        (System.PARTY, "is_government_office"),
        (System.GOVERNMENT, "is_committee"),
        (System.GOVERNMENT, "is_congress_office"),
        ("federal", "is_committee"),
    ],
)
def test_an_office_belongs_to_its_system(town: Town, system, flag) -> None:
    particulars: dict[str, Any] = {flag: True}

    with pytest.raises(Invalid):
        services.add_organ(
            congress=town.congress,
            name="某办公厅",
            system=system,
            actor=town.actor("clerk"),
            at=NOW,
            **particulars,
        )


def test_changing_particulars_is_recorded_once(town: Town) -> None:
    organ = _organ(town)
    before = Entry.objects.count()

    for _each in range(2):
        organ = services.change_organ(organ=organ, code="017", actor=town.actor("clerk"), at=NOW)

    assert organ.code == "017"
    assert Entry.objects.count() == before + 1


def test_a_particular_that_is_none_is_a_programming_error(town: Town) -> None:
    with pytest.raises(TypeError):
        services.change_organ(organ=town.education, name="x", actor=town.actor("clerk"), at=NOW)


@pytest.mark.parametrize("who", ["lin", "edu_head", "leader", "government_clerk"])
def test_only_a_clerk_keeps_the_register(town: Town, who) -> None:
    with pytest.raises(NotPermitted):
        services.add_organ(
            congress=town.congress,
            name="省航天厅",
            system=System.GOVERNMENT,
            actor=town.actor(who),
            at=NOW,
        )


def test_the_clerk_of_another_congress_has_no_say(town: Town) -> None:
    town.neighbour()

    with pytest.raises(NotPermitted):
        services.rename_organ(
            organ=town.education,
            name="省教育委员会",
            on=TODAY,
            actor=town.actor("neighbour_clerk"),
            at=NOW,
        )


def test_every_change_leaves_its_line(town: Town) -> None:
    organ = _organ(town)
    organ = _rename(town, organ, "省农业农村厅", REFORM)
    clerk = town.actor("clerk")
    services.add_inner_division(organ=organ, name="种植业处", actor=clerk, at=NOW_AFTER)
    services.add_inner_division(organ=organ, name="种植业处", actor=clerk, at=NOW_AFTER)
    services.abolish_organ(organ=organ, on=TODAY, actor=clerk, at=NOW_AFTER)

    lines = Entry.objects.filter(chain_id=town.congress.key).order_by("seq")

    assert [(line.action, line.before, line.after) for line in lines] == [
        ("organ.add", "", "省农业委员会"),
        ("organ.rename", "省农业委员会", "省农业农村厅"),
        ("inner_division.add", "", "种植业处"),
        ("organ.abolish", "省农业农村厅", "2020-03-02"),
    ]


def test_an_organ_does_not_end_before_it_began(town: Town) -> None:
    organ = _organ(town, since=date(2009, 1, 1))

    with pytest.raises(Invalid):
        services.abolish_organ(
            organ=organ, on=date(2008, 12, 31), actor=town.actor("clerk"), at=NOW
        )


def test_an_organ_needs_a_name(town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        _organ(town, " ")

    assert list(refused.value.fields) == ["name"]


def test_heirs_in_a_ring_lead_nowhere(town: Town) -> None:
    """No service makes one; a repaired database might."""
    one, other = _organ(town, "省粮食局"), _organ(town, "省储备局")
    for organ, heir in ((one, other), (other, one)):
        Organ.objects.filter(pk=organ.pk).update(until=REFORM, successor=heir)

    assert selectors.find_organ(town.congress, "省粮食局", on=TODAY) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"system": "federal"},
        {"since": date(2020, 1, 2), "until": date(2020, 1, 1)},
        {"is_government_office": True, "system": System.PARTY},
        {"is_committee": True},
        {"name": "省教育厅"},
    ],
)
def test_the_database_refuses_what_no_organ_can_be(town: Town, broken) -> None:
    values = {"congress": town.congress, "system": System.GOVERNMENT, "name": "省航天厅"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.create(**{**values, **broken})


def test_the_database_refuses_an_heir_of_the_living(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.filter(pk=town.education.pk).update(successor=town.finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.filter(pk=town.education.pk).update(successor=town.education, until=TODAY)
