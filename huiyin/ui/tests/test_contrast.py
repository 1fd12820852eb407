"""Every pair of colours that carries text, in every mode, against WCAG's formula."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static" / "ui"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
DECLARATION = re.compile(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{6})")

GROUNDS = ("ground", "sheet", "wash")
ON_GROUNDS = ("ink", "ink-2", "link", "accent-ink", "ok", "near", "late", "still")
PAIRS = [
    *((text, ground) for text in ON_GROUNDS for ground in GROUNDS),
    *((light, f"{light}-wash") for light in ("ok", "near", "late", "still")),
    *((f"class-{letter}", f"class-{letter}-wash") for letter in "abc"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("link", "link-wash"),
    ("ink", "link-wash"),
    ("ink-2", "link-wash"),
    ("ink", "near-wash"),
    ("ink", "late-wash"),
    ("sheet", "ink"),
]
# Borders of fields and marks of charts are no text: 3 to 1 tells them apart.
MARKS = [
    *(("edge", ground) for ground in GROUNDS),
    *((f"chart-{name}", "sheet") for name in "12345abc"),
]


def block(selector: str) -> dict[str, str]:
    """The colours declared under exactly ``selector``."""
    found = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", TOKENS, re.DOTALL | re.MULTILINE)
    assert found, f"no block {selector}"
    return {name[2:]: value for name, value in DECLARATION.findall(found[1])}


LIGHT = block(":root")
DARK = {**LIGHT, **block(':root[data-theme="dark"]')}
MODES = {
    "light": (LIGHT, 4.5),
    "dark": (DARK, 4.5),
    "light, large": ({**LIGHT, **block(':root[data-type="large"]')}, 7),
    "dark, large": ({**DARK, **block(':root[data-type="large"][data-theme="dark"]')}, 7),
}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_text_can_be_read(mode):
    colours, least = MODES[mode]
    weak = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for text, ground in PAIRS
        if contrast(colours[text], colours[ground]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("mode", MODES)
def test_marks_can_be_told_apart(mode):
    colours, _least = MODES[mode]
    weak = {
        f"{mark} on {ground}": round(contrast(colours[mark], colours[ground]), 2)
        for mark, ground in MARKS
        if contrast(colours[mark], colours[ground]) < 3
    }
    assert weak == {}


@pytest.mark.parametrize(
    ("device", "chosen"),
    [
        (':root:not([data-theme="light"])', ':root[data-theme="dark"]'),
        (
            ':root[data-type="large"]:not([data-theme="light"])',
            ':root[data-type="large"][data-theme="dark"]',
        ),
    ],
)
def test_dark_is_the_same_whether_the_device_or_the_reader_asks(device, chosen):
    assert block(device) == block(chosen)


def test_no_colour_is_written_outside_the_tokens():
    strays = [
        f"{path.name}: {line.strip()}"
        for path in STATIC.glob("*.css")
        if path.name not in ("tokens.css", "print.css")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9A-Fa-f]{3,8}\b", line)
    ]
    assert strays == []
