"""Every open case is carried to its end through the services, and it can be proven."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from huiyin.accounts.models import Person, Post, Standing
from huiyin.accounts.tests.town import NOW, Town
from huiyin.demo.simulated import Simulated
from huiyin.demo.simulation import simulate
from huiyin.kernel.clock import ZONE
from huiyin.ledger.checkpoints import take
from huiyin.ledger.findings import Fault
from huiyin.ledger.models import Chain, Entry
from huiyin.ledger.testing import unprotected
from huiyin.ledger.verify import verify_chain
from huiyin.organisations.models import Organ
from huiyin.suggestions import services
from huiyin.suggestions.importing.carrying import carry_in
from huiyin.suggestions.importing.corpus import read_folder
from huiyin.suggestions.models import Act, Suggestion
from huiyin.suggestions.rebuild import differences
from huiyin.suggestions.tests.situations import SITUATIONS, Story, follow_hunan, follow_offices

LATER = NOW + timedelta(days=120)
OPEN = [name for name in SITUATIONS if not name.startswith(("draft", "closed", "not", "taken"))]


def ticking(start: datetime = LATER) -> Callable[[], datetime]:
    """A clock that goes on by a second whenever it is asked."""
    moments = iter(range(10**6))
    return lambda: start + timedelta(seconds=next(moments))


def told(cases: Any = None) -> list[tuple[Any, ...]]:
    """What was decided, without what is random in every run (keys)."""
    acts = Act.objects.filter(suggestion__in=cases) if cases else Act.objects.all()
    rows = acts.order_by("suggestion", "seq")
    return list(rows.values_list("suggestion__title", "table", "move", "on", "to_stage"))


@pytest.mark.django_db
def test_what_lies_with_an_office_is_assigned_by_its_clerk() -> None:
    town = Town()
    follow_offices(town)
    story = Story(town).submitted().registered().handed_over()
    assert simulate(seed="1", now=ticking()).left == []
    story.case.refresh_from_db()
    assert story.case.closed_on is not None
    assert Act.objects.get(move="assign").post == town.post("government_clerk")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [each for each in OPEN if each != "withdrawn"])
def test_from_wherever_a_case_stands(name: str) -> None:
    town = Town()
    story = SITUATIONS[name](Story(town))
    done = simulate(seed="1", now=ticking())
    assert done.left == []
    for case in Suggestion.objects.exclude(stage="draft"):
        assert (case.stage, bool(case.result)) == ("closed", True)
    assert list(differences()) == []
    assert verify_chain(story.town.congress.key) == []


@pytest.mark.django_db
def test_people_are_hired_only_where_nobody_is() -> None:
    town = Town()
    Story(town).submitted().registered().assigned()
    Organ.objects.create(congress=town.congress, system="government", name="省水利厅")
    water = Story(town, title="关于水的建议").submitted()
    clerk = town.actor("clerk")
    services.register(case=water.case, actor=clerk, at=NOW, category="water")
    # Liaison, handler and head of the one organ that has nobody.
    assert simulate(seed="1", now=ticking()).hired == 3


@pytest.mark.django_db
def test_the_same_seed_takes_the_same_decisions() -> None:
    town = Town()
    follow_hunan(town)
    for number in range(6):
        Story(town, title=f"关于第{number}条路的建议").submitted().registered()
    outcomes = []
    for seed in ("1", "1", "2"):
        with transaction.atomic():
            simulate(seed=seed, now=ticking())
            outcomes.append((told(), list(Suggestion.objects.values_list("outcome_class"))))
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0] != outcomes[2]


@pytest.mark.django_db
def test_some_are_not_satisfied_and_go_round_again() -> None:
    town = Town()
    follow_hunan(town)
    for number in range(30):
        Story(town, title=f"关于第{number}条路的建议").submitted().registered()
    done = simulate(seed="1", now=ticking())
    assert done.closed == 30
    assert 0 < done.again < 15
    again = Suggestion.objects.filter(first_result="NS")
    assert again.exists()
    assert not again.filter(result="NS").exists()


@pytest.mark.django_db
def test_no_day_lies_after_today() -> None:
    town = Town()
    Story(town).submitted().registered()
    simulate(seed="1", now=ticking(NOW + timedelta(days=3)))
    assert max(Act.objects.values_list("on", flat=True)) <= NOW.date() + timedelta(days=3)


@pytest.mark.django_db
def test_what_cannot_be_carried_on_is_left_as_it_was() -> None:
    town = Town()
    Story(town).submitted().registered()
    Post.objects.filter(pk=town.post("lin").pk).update(standing=Standing.SUSPENDED)
    before = told()
    done = simulate(seed="1", now=ticking())
    assert len(done.left) == 1
    assert told() == before


def simulated(*options: str) -> str:
    out = io.StringIO()
    call_command("simulate", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_the_command() -> None:
    town = Town()
    Story(town).submitted().registered()
    with pytest.raises(CommandError):
        simulated("--congress", "nowhere")
    simulated("--seed", "1", "--congress", "yuechuan")
    assert Suggestion.objects.get().stage == "closed"


@pytest.mark.django_db
def test_it_is_refused_where_people_sign_in() -> None:
    town = Town()
    Story(town).submitted().registered()
    person = town.person("lin")
    person.set_password("a-long-test-phrase")
    Person.objects.filter(pk=person.pk).update(password=person.password)
    with pytest.raises(CommandError):
        simulated()
    assert Suggestion.objects.get().stage == "registered"


def carried_in() -> Simulated:
    """The real rows, imported and simulated."""
    named = settings.HUIYIN_REAL_DATA
    assert named
    found = read_folder(named / "corpus" if (named / "corpus").is_dir() else named)
    at = datetime.now(tz=ZONE)
    carry_in(found, at=at, today=at.date())
    return simulate(seed="1", now=ticking(at + timedelta(minutes=1)))


# Committed case by case, as the command does it: PostgreSQL plans badly for tables that only one
# endless transaction has ever seen filled.
@pytest.mark.django_db(transaction=True)
@pytest.mark.realdata
@pytest.mark.slow
def test_the_real_rows_are_carried_to_a_reply_and_a_rating() -> None:
    done = carried_in()
    assert done.left == []
    assert done.closed == Suggestion.objects.count()
    assert not Suggestion.objects.filter(result="").exists()
    assert list(differences()) == []
    for chain in Chain.objects.values_list("key", flat=True):
        assert verify_chain(chain) == []
    _altered_text_is_named()
    _cut_tail_is_found()


def _altered_text_is_named() -> None:
    act = Act.objects.filter(move="register").select_related("suggestion").earliest("pk")
    line = Entry.objects.get(action="suggestion.register", subject_key=act.suggestion.key)
    with unprotected("suggestions_act"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(why=act.why[:-1] + "X")
        [finding] = verify_chain(line.chain_id)
        assert (finding.seq, finding.fault) == (line.seq, Fault.FACT_ALTERED)
        transaction.set_rollback(True)


def _cut_tail_is_found() -> None:
    """Nothing inside shows it; a checkpoint kept elsewhere does."""
    marks = take(at=LATER)
    [head] = Chain.objects.filter(key=marks[0].chain)
    last = Entry.objects.get(chain=head.key, seq=head.head_seq - 3)
    with unprotected("ledger_entry"), transaction.atomic():
        Entry.objects.filter(chain=head.key, seq__gt=last.seq).delete()
        Chain.objects.filter(key=head.key).update(
            head_seq=last.seq, head_hash=last.hash, head_at=last.at
        )
        found = {finding.fault for finding in verify_chain(head.key, against=marks)}
        assert found == {Fault.CUT}
        transaction.set_rollback(True)
