"""``huiyin ledger``: what it prints and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from huiyin.kernel.errors import Invalid
from huiyin.ledger import checkpoints
from huiyin.ledger.findings import WORDS, Fault
from huiyin.ledger.services import HOUSE, record_many
from huiyin.ledger.tests.conftest import MORNING, lines
from huiyin.ledger.tests.damage import behind_its_back, cut, rebuild, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_chains() -> None:
    record_many(chain=HOUSE, lines=lines(5))
    record_many(chain="yuechuan", lines=lines(3))


def ledger(*arguments: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("ledger", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[int, str, str]:
    out = StringIO()
    with translation.override("en"), pytest.raises(CommandError) as refusal:
        call_command("ledger", *arguments, stdout=out)
    return refusal.value.returncode, str(refusal.value), out.getvalue()


def test_a_whole_record_is_said_to_be_whole() -> None:
    assert ledger("verify").splitlines() == [
        "chain house: whole",
        "chain yuechuan: whole",
        "The record is whole.",
    ]
    assert ledger("verify", "--chain", "yuechuan").splitlines() == [
        "chain yuechuan: whole",
        "The record is whole.",
    ]


def test_a_changed_line_is_named_and_the_command_fails() -> None:
    with behind_its_back():
        run("UPDATE ledger_entry SET role = 'x' WHERE chain_id = 'house' AND seq = 2")

        assert refused("verify") == (
            1,
            "The record is not whole. Faults: 1.",
            "chain house, line 2: its content and its hash do not belong together\n"
            "chain yuechuan: whole\n",
        )
        assert "whole" in ledger("verify", "--chain", "yuechuan")


def test_a_chain_nobody_knows_cannot_be_checked() -> None:
    assert refused("verify", "--chain", "nobody") == (2, "There is no chain nobody.", "")


def test_a_checkpoint_is_printed_in_blocks_that_can_be_read_back() -> None:
    blocks = ledger("checkpoint").split("\n\n")

    origin, chain, size, hashed, _taken = blocks[0].splitlines()
    assert (origin, chain, size) == ("huiyin.ledger/1", "house", "5")
    assert hashed.startswith("sha256:")
    marks = checkpoints.parse("\n\n".join(blocks))
    assert [(mark.chain, mark.size) for mark in marks] == [("house", 5), ("yuechuan", 3)]


def test_checkpoints_are_added_to_a_file_and_each_of_them_counts(tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.txt"
    assert str(file) in ledger("checkpoint", str(file))
    record_many(chain=HOUSE, lines=lines(1, begin=MORNING.replace(hour=20)))
    ledger("checkpoint", str(file))

    assert "is whole" in ledger("verify", "--against", str(file))
    with behind_its_back():
        cut(chain=HOUSE, down_to=5)
        code, _said, told = refused("verify", "--against", str(file))
        assert code == 1
        assert "chain house, line 6: the checkpoint of" in told
    with behind_its_back():
        rebuild(chain=HOUSE, count=6)
        code, _said, told = refused("verify", "--against", str(file))
        assert code == 1
        assert told.count("vouches for") == 2


def test_a_chain_that_is_gone_altogether_is_missed(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.txt"
    ledger("checkpoint", str(file))

    with behind_its_back():
        run("DELETE FROM ledger_entry WHERE chain_id = 'yuechuan'")
        run("DELETE FROM ledger_chain WHERE key = 'yuechuan'")

        code, _said, told = refused("verify", "--against", str(file))
    assert code == 1
    assert "chain yuechuan, line 1: the checkpoint of" in told


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("huiyin.ledger/1", "somebody's", 1),
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("sha256:", "sha256:0", 1),
        lambda text: text.replace("T", "T99", 1),
        lambda _text: "",
        lambda text: text + "回音",
    ],
)
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    file = tmp_path / "checkpoint.txt"
    file.write_text(damage(ledger("checkpoint")), encoding="utf-8")

    code, said, told = refused("verify", "--against", str(file))

    assert (code, told) == (2, "")
    assert "checkpoint file" in said


def test_line_ends_of_another_system_do_no_harm() -> None:
    text = ledger("checkpoint")

    assert checkpoints.parse(text.replace("\n", "\r\n")) == checkpoints.parse(text)


def test_the_faulty_block_is_named() -> None:
    good = ledger("checkpoint")

    with pytest.raises(Invalid, match="3"):
        checkpoints.parse(good + "nonsense")


def test_a_file_that_is_not_there_cannot_be_checked_against() -> None:
    with pytest.raises(CommandError, match=r"no file nowhere\.txt"):
        ledger("verify", "--against", "nowhere.txt")


def test_each_fault_has_words_in_both_languages() -> None:
    assert set(WORDS) == set(Fault)
    for said in WORDS.values():
        with translation.override("en"):
            english = str(said)
        with translation.override("zh-hans"):
            assert str(said) != english
