"""What the gallery shows. Invented, in both languages, of the length real texts have."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.utils.functional import lazy
from django.utils.translation import get_language

from huiyin.ui import parts

HERE = ZoneInfo("Asia/Shanghai")
TODAY = date(2020, 6, 3)


def say(chinese: str, english: str) -> str:
    """Sample content is not a message of the program and has no place in its catalogue."""
    return english if (get_language() or "").startswith("en") else chinese


# For what is written once, when the module is read.
say_later = lazy(say, str)


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=HERE)


def reader() -> SimpleNamespace:
    """Somebody signed in, as far as the frame looks at him."""
    title = say("省教育厅 联络员", "Education Department, organ liaison")
    person = SimpleNamespace(name=say("沈一鸣", "Shen Yiming"))
    post = SimpleNamespace(title=title, key="sample")
    return SimpleNamespace(
        person=person, post=post, person_key="", post_key="sample", role="liaison"
    )


def menu() -> list[SimpleNamespace]:
    entries = [
        (say("工作台", "Workbench"), "workbench", 0),
        (say("建议", "Suggestions"), "list", 44),
        (say("我的承办", "In our hands"), "case", 12),
        (say("撰写", "Write"), "form", 0),
        (say("综合概览", "Overview"), "board", 0),
        (say("公文", "Documents"), "paper", 0),
    ]
    return [
        SimpleNamespace(label=label, url=f"/styleguide/{name}/", name=name, count=count)
        for label, name, count in entries
    ]


def title(which: int = 0) -> str:
    return (
        say(
            "关于加快补齐农村普惠性学前教育短板、推进公办幼儿园建设的建议",
            "On closing the gap in affordable pre-school education in the countryside",
        ),
        say(
            "关于完善城乡居民医保异地就医直接结算的建议",
            "On settling medical bills directly when people are treated away from home",
        ),
        say("关于加强洞庭湖区域农业面源污染治理的建议", "On farm run-off around the lake"),
        say(
            "关于支持县域冷链物流体系建设、打通农产品出村进城“最先一公里”的建议",
            "On cold-chain logistics in the counties: the first mile of farm produce",
        ),
        say("关于规范老旧小区加装电梯工作的建议", "On fitting lifts to old housing estates"),
        say(
            "关于在乡镇卫生院恢复儿科门诊并稳定基层儿科医生队伍的建议",
            "On bringing children's clinics back to township hospitals",
        ),
    )[which]


def duties() -> list[parts.Duty]:
    cases = say("件", "cases")
    return [
        parts.Duty(
            verb=say("答复", "Reply to"),
            count=1,
            unit=cases,
            url="#",
            act=say("去答复", "Write the reply"),
            on=date(2020, 6, 1),
            working_days=-2,
            light="late",
            note=say("第0218号，主办", "No. 0218, lead organ"),
        ),
        parts.Duty(
            verb=say("签收", "Acknowledge"),
            count=3,
            unit=cases,
            url="#",
            act=say("去签收", "Acknowledge"),
            on=date(2020, 6, 3),
            working_days=0,
            light="near",
        ),
        parts.Duty(
            verb=say("提出会办意见", "Give an opinion on"),
            count=2,
            unit=cases,
            url="#",
            act=say("去办理", "Open"),
            on=date(2020, 6, 10),
            working_days=5,
        ),
        parts.Duty(
            verb=say("制定办理方案", "Draw up plans for"),
            count=6,
            unit=cases,
            url="#",
            act=say("去制定", "Open"),
            on=date(2020, 7, 15),
            working_days=29,
        ),
    ]


def waiting() -> list[parts.Duty]:
    return [
        parts.Duty(
            verb=say("等会办单位意见", "Opinions awaited on"),
            count=4,
            unit=say("件", "cases"),
            url="#",
            act=say("查看", "Look"),
            on=date(2020, 6, 18),
            working_days=11,
            note=say("省财政厅、省人力资源和社会保障厅", "Finance; Human Resources"),
        ),
        parts.Duty(
            verb=say("等代表评价", "Rating awaited on"),
            count=17,
            unit=say("件", "cases"),
            url="#",
            act=say("查看", "Look"),
        ),
    ]


def changes() -> list[parts.Change]:
    return [
        parts.Change(
            at=at(6, 3, 8, 52), text=title(1), url="#", note=say("新交办", "assigned"), unread=True
        ),
        parts.Change(
            at=at(6, 2, 17, 5),
            text=title(2),
            url="#",
            note=say("财政厅已提出会办意见", "opinion of Finance received"),
            unread=True,
        ),
        parts.Change(
            at=at(6, 2, 10, 40),
            text=title(3),
            url="#",
            note=say("代表评价：满意", "rated: satisfied"),
        ),
        parts.Change(
            at=at(6, 1, 15, 11),
            text=title(4),
            url="#",
            note=say("延期申请已批准", "extension granted"),
        ),
    ]
