"""Which pack a place follows by its code and level."""

import shutil
from pathlib import Path

import pytest

from huiyin.rulebook import RulebookError, available, pack_for
from huiyin.rulebook.load import PACKS
from huiyin.rulebook.pack import LEVELS, read_pack


@pytest.mark.parametrize(
    ("division", "level", "pack"),
    [
        ("430000", "province", "hunan"),
        ("430102", "county", "hunan"),
        ("430102001", "township", "hunan"),
        ("110000", "province", "beijing"),
        ("310101", "county", "shanghai"),
        ("370000", "province", "shandong"),
        ("370100", "city", "shandong"),
        ("370102001", "township", "shandong-township"),
        ("370200", "city", "qingdao"),
        ("370211", "county", "qingdao"),
        ("370211001", "township", "shandong-township"),
        ("410000", "province", "henan"),
        ("330100", "city", "zhejiang"),
        ("330102001", "township", "zhejiang"),
        ("500000", "province", "chongqing"),
        ("500101", "county", "chongqing"),
        ("500101100", "township", "chongqing-township"),
        ("440000", "province", None),
        ("000000", "national", None),
        ("", "county", None),
    ],
)
def test_a_place_follows_the_pack_written_for_it(
    division: str, level: str, pack: str | None
) -> None:
    assert pack_for(division, level) == pack


@pytest.mark.parametrize("name", available())
@pytest.mark.parametrize("level", LEVELS)
def test_no_two_shipped_packs_claim_the_same_place(name: str, level: str) -> None:
    for code in read_pack(PACKS / f"{name}.toml").divisions:
        assert pack_for(code.ljust(6, "0"), level)


def test_two_packs_for_one_place_are_refused(tmp_path: Path) -> None:
    shutil.copytree(PACKS, tmp_path, dirs_exist_ok=True)
    twin = (PACKS / "hunan.toml").read_text("utf-8")
    (tmp_path / "xiang.toml").write_text(twin, "utf-8")
    with pytest.raises(RulebookError) as refusal:
        pack_for("430100", "city", folder=tmp_path)
    assert refusal.value.file == "xiang.toml"
    assert twin.splitlines()[refusal.value.line - 1] == 'divisions = ["43"]'
    assert "430100 belongs to both packs hunan and xiang" in refusal.value.message.en
    assert refusal.value.remedy.zh
    assert pack_for("310000", "province", folder=tmp_path) == "shanghai"
