"""Importing a session's list: a workbook of 1,465 suggestions with reply and rating."""

from __future__ import annotations

import io
import secrets
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.core.management import call_command

from huiyin.suggestions.models import Suggestion
from tests.bench.deck import CLASSES
from tests.bench.ground import Ground

ROWS = 1465
_HEADINGS = (
    *("标题", "领衔代表", "代表证号", "届次", "提出日期", "情况", "具体建议", "分类"),
    *("主办单位", "会办单位", "交办日期", "答复日期", "答复类别", "文号", "答复内容"),
    *("办理态度", "办理结果", "反馈日期"),
)
_SITUATION = "新区三年间入住一万二千人，只有一所公办幼儿园，每年有两百多名幼儿要到老城区入园。" * 5
_REQUESTS = "1.在新区规划两所公办幼儿园\n2.今年秋季前开通接送专线"
_ANSWERS = "1.已列入今年规划，资金由省级统筹。\n2.专线已于九月开通，每日四班。"


def import_rows(ground: Ground) -> dict[str, Any]:
    """Time the command from the file to the last line of the record."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        _write(path, ground)
        before = Suggestion.objects.count()
        began = time.perf_counter()
        call_command(
            *("import", "suggestions", str(path)),
            congress=ground.congress.slug,
            clerk=ground.clerk.person.login,
            yes=True,
            stdout=io.StringIO(),
        )
        seconds = time.perf_counter() - began
    assert Suggestion.objects.count() - before == ROWS
    return {
        "said": f"a workbook of {ROWS:,} suggestions with reply and rating: read, planned twice, "
        "written and put on record",
        "seconds": round(seconds, 2),
    }


def _write(path: Path, ground: Ground) -> None:
    # Titles of their own, or a second run would find its rows already here.
    run = secrets.token_hex(3)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEADINGS)
    for number in range(ROWS):
        sheet.write_row(number + 1, 0, _row(number, ground, run=run))
    book.close()


def _row(number: int, ground: Ground, *, run: str) -> list[str]:
    raised = date(2020, 1, 13) + timedelta(days=number % 5)
    replied = date(2020, 3, 2) + timedelta(days=number % 60)
    deputy = ground.deputies[number % len(ground.deputies)]
    organs = [ground.organs[(number * 7 + at * 13) % len(ground.organs)].name for at in range(3)]
    return [
        f"关于完善第{run}{number}号幼儿园配套的建议",
        deputy.person.name,
        deputy.card_no,
        "省十三届人大五次会议",
        raised.isoformat(),
        _SITUATION,
        _REQUESTS,
        "教育",
        organs[0],
        "、".join(organs[1 : 1 + number % 3]),
        "2020-02-12",
        replied.isoformat(),
        CLASSES[number % len(CLASSES)],
        f"岳函〔2020〕{number}号",
        _ANSWERS,
        "满意",
        ("满意", "基本满意", "非常满意")[number % 3],
        (replied + timedelta(days=5)).isoformat(),
    ]
