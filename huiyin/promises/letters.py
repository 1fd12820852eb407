"""The yearly letter to a deputy with its return slip, in the form of GB/T 9704; always Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from huiyin.documents.typesetting import Form, Imprint, Paper
from huiyin.documents.typesetting.blocks import (
    Block,
    Table,
    addressee,
    annex,
    annexes,
    day,
    field_of,
    field_of_day,
    hint,
    label,
    row,
    section,
    signed,
    text,
)
from huiyin.promises.presenters import NamedDay
from huiyin.promises.slips import Letter, Told

SLIP = "承诺事项落实情况回执"
# Of a table as wide as the type area, in millimetres: two of them side by side make its columns.
_NARROW, _WIDE = 22, 56


def yearly_letter(letter: Letter, *, sender: str, link: str) -> Paper:
    """年末函告承诺事项落实情况: each promise in its own words with every day it was promised by.

    重庆市规定第24条第2款 has it come with a return slip; elsewhere it comes without.
    """
    name = letter.deputy.person.name
    opening = (
        f"对您领衔提出的代表建议，承办单位在答复中作出了承诺。"
        f"现将截至{day(letter.on)}的{len(letter.lines)}项承诺事项落实情况函告如下："
    )
    with override("zh-hans"):
        told = [
            block
            for nth, line in enumerate(letter.lines, 1)
            for block in _told(nth, line, on=letter.on)
        ]
    blocks: list[Block] = [addressee(f"{name}代表"), *text(opening), *told]
    if letter.with_slip:
        blocks += [*text("请将您的意见填入回执寄回。"), *annexes(SLIP)]
    blocks += signed(sender, letter.on)
    if letter.with_slip:
        blocks += annex(SLIP, *_slip(letter, sender=sender))
    return Paper(
        form=Form.LETTER,
        title=f"关于{letter.year}年承诺事项落实情况的函",
        organ=sender,
        link=link,
        blocks=tuple(blocks),
        imprint=Imprint(),
    )


def _told(number: int, line: Told, *, on: date) -> Iterator[Block]:
    promise = line.promise
    case = promise.suggestion
    numbered = f"第{case.number}号建议" if case.number else ""
    yield section(number, f"{numbered}《{case.title}》")
    said = [
        f"承诺单位：{promise.organ.name}（{promise.outcome_class}类）。",
        f"承诺内容：{promise.sentence}",
        f"承诺期限：{_days(line.days)}。目前情况：{_standing(line, on=on)}。",
    ]
    if line.latest:
        said.append(f"最近进展：{line.latest}")
    yield from text("\n".join(said))


def _days(days: list[NamedDay]) -> str:
    """Every day it was ever promised by, the first one first, each with why it was left."""
    said = [_day(days[0])]
    said += [
        f"{day(each.on)}改为{_day(each)}" + (f"（{each.why.rstrip('。')}）" if each.why else "")
        for each in days[1:]
    ]
    return "；".join(said)


def _day(named: NamedDay) -> str:
    return day(named.day) if named.day else "未明确"


def _standing(line: Told, *, on: date) -> str:
    promise = line.promise
    if promise.ended_on:
        return f"{promise.get_stage_display()}（{day(promise.ended_on)}）"
    late = "，已逾期" if promise.due_on and promise.due_on < on else ""
    return f"{promise.get_stage_display()}{late}"


def _slip(letter: Letter, *, sender: str) -> Iterator[Block]:
    """A line for each promise, and room for what the deputy has to say of it."""
    head = row(*(label(each) for each in ("编号", "承诺单位", "承诺期限", "您的意见")))
    rows = (
        row(
            field_of(line.promise.suggestion.number or ""),
            field_of(line.promise.organ.name),
            field_of(_day(line.days[-1])),
            field_of(),
            height=14,
        )
        for line in letter.lines
    )
    yield Table(columns=(_NARROW, 42, 36, _WIDE), rows=(head, *rows))
    yield Table(
        columns=(_NARROW, _WIDE, _NARROW, _WIDE),
        rows=(
            row(label("其他意见"), field_of("", span=3), height=24),
            row(label("代表签名"), field_of(), label("日期"), field_of_day()),
        ),
    )
    yield from hint(f"填妥后请寄回{sender}。")
