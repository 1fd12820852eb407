"""What a page weighs, and that it comes from nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static" / "ui"


def test_the_style_sheets_stay_small():
    assert sum(path.stat().st_size for path in STATIC.glob("*.css")) <= 60_000


def test_the_script_stays_small():
    assert (STATIC / "huiyin.js").stat().st_size <= 12_288


def test_nothing_is_fetched_from_a_style_sheet():
    for path in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8")), path.name


def test_every_variable_used_is_declared():
    text = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - set(re.findall(r"(--[\w-]+):", text)) == set()


def test_the_script_evaluates_no_text():
    script = (STATIC / "huiyin.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b|document\.write", script)
