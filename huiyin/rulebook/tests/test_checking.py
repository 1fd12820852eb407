"""A folder of packs is tried as a whole, on every day on which something changes."""

from pathlib import Path

import pytest

from huiyin.rulebook.checking import faults
from huiyin.rulebook.load import PACKS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in PACKS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_packs_have_none() -> None:
    assert faults() == []


def test_every_pack_that_cannot_be_read_is_named(folder: Path) -> None:
    spoil(folder, "hunan", 'value = "hunan-7"', 'value = "hunan-8"')
    spoil(folder, "henan", 'value = "experts"', 'value = "oracles"')
    assert [fault.file for fault in faults(folder)] == ["henan.toml", "hunan.toml"]


def test_a_fault_of_one_day_is_found(folder: Path) -> None:
    """Henan's old limit, of 2000, would be longer than what the wide limit of 2000 allows."""
    of_2000 = 'value = "{}"\nsource = "henan-2000"'
    spoil(folder, "henan", of_2000.format("3 months"), of_2000.format("7 months"))
    (fault,) = faults(folder)
    assert fault.file == "henan.toml"
    assert fault.message.en == "reply.limit_wide is shorter than reply.limit."


def test_a_fault_of_a_pack_is_told_once_however_many_inherit_it(folder: Path) -> None:
    limit = '[[extension.limit]]\nvalue = "{}"'
    spoil(folder, "shandong", limit.format("6 months"), limit.format("2 months"))
    (fault,) = faults(folder)
    assert fault.file == "shandong.toml"
    assert fault.message.zh == "extension.limit 短于 reply.limit。"


def test_a_parent_that_is_not_there_is_found(folder: Path) -> None:
    (folder / "shandong.toml").unlink()
    found = faults(folder)
    assert {fault.file for fault in found} == {"qingdao.toml", "shandong-township.toml"}


def test_two_packs_for_one_place_are_found(folder: Path) -> None:
    spoil(folder, "zhejiang", 'divisions = ["33"]', 'divisions = ["33", "31"]')
    (fault,) = faults(folder)
    assert fault.file == "zhejiang.toml"
    assert "31 同时属于规则包 shanghai 和 zhejiang" in fault.message.zh


def test_a_hole_in_the_nations_rules_is_found(folder: Path) -> None:
    spoil(folder, "national", "until = 2025-03-12\nconfidence", "until = 2025-03-01\nconfidence")
    found = faults(folder)
    assert {fault.file for fault in found} == {"national.toml"}
    for fault in found:
        assert "is in force on 2025-03-01" in fault.message.en


def test_an_empty_folder_has_nothing_wrong(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
