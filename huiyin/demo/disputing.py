"""One charge nobody wanted: refused twice, asked once more by the office, and kept (源文004)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from huiyin.accounts.models import Post
from huiyin.demo.days import at as moment_on
from huiyin.demo.organ_part import Part
from huiyin.kernel.clock import ZONE
from huiyin.suggestions.models import (
    ReturnAnswer,
    ReturnBy,
    ReturnDecision,
    ReturnOutcome,
    ReturnRequest,
)
from huiyin.suggestions.stages import ANSWERING, DecidedBy

Step = tuple[datetime, Callable[[], None]]

# Named one after another: by the organ charged, by it again, by the congress office.
_NAMED = ("mzt", "gat", "ybj")
_MANDATE = (
    "《省卫生健康委员会职能配置、内设机构和人员编制规定》第三条：负责公共卫生、医疗服务监督管理。"
)
_GROUND = "《省卫生健康委员会职能配置、内设机构和人员编制规定》第三条；省委编办书面意见。"
_ASKED = (
    "建议所提事项以救助和服务保障为主，超出我委职责，宜由省民政厅主办。",
    "建议涉及现场处置和协调联动，我委难以牵头，宜由省公安厅主办。",
    "两次退回均未成立，请省医疗保障局就是否主办提出意见，供最终确定。",
)
_DECLINED = (
    "我厅负责的救助只是其中一项，主体工作在卫生健康部门，不宜由我厅主办。",
    "我厅可以配合做好联动，建议的主要内容不属于公安机关职责。",
    "我局职责限于医保支付，愿意会办，不具备主办条件。",
)
_REFUSED = (
    "省民政厅所述理由成立，请继续办理。",
    "省公安厅所述理由成立。两次退回均不予同意，请继续办理，等候最终确定。",
)
_UPHELD = "经征求省委编办和有关单位意见，最终确定由省卫生健康委员会主办，有关单位配合。"


def steps(part: Part) -> Iterator[Step]:
    """Three rounds and the final decision, while the organ goes on handling it."""
    pending = part.tale.fate.pending
    if pending is None or not pending.disputed or part.row.role not in ANSWERING:
        return
    yield _on(6, 29, 10), partial(_ask, part, 1, _on(6, 29, 10))
    yield _on(7, 1, 15), partial(_decline, part, 1, _on(7, 1, 15))
    yield _on(7, 3, 9), partial(_keep, part, 1, _on(7, 3, 9))
    yield _on(7, 6, 11), partial(_ask, part, 2, _on(7, 6, 11))
    yield _on(7, 8, 16), partial(_decline, part, 2, _on(7, 8, 16))
    yield _on(7, 10, 9), partial(_keep, part, 2, _on(7, 10, 9))
    yield _on(7, 13, 10), partial(_ask, part, 3, _on(7, 13, 10))
    yield _on(7, 15, 15), partial(_decline, part, 3, _on(7, 15, 15))
    yield _on(7, 17, 10), partial(_keep, part, 4, _on(7, 17, 10))


def _on(month: int, day: int, hour: int) -> datetime:
    return moment_on(date(2020, month, day), hour)


def _office(part: Part) -> Post:
    """Not the clerk whose turn it was to assign it."""
    return part.book.clerk(part.tale.serial + 1)


def _ask(part: Part, number: int, at: datetime) -> None:
    by_office = number == len(_NAMED)
    named = part.book.world.organs[_NAMED[number - 1]]
    why = _ASKED[number - 1]
    request = part.book.row(
        ReturnRequest,
        assignment=part.row,
        number=number,
        by=ReturnBy.ARBITER if by_office else ReturnBy.ORGAN,
        named=named,
        mandate="" if by_office else _MANDATE,
        why=why,
        on=at.astimezone(ZONE).date(),
        at=at,
    )
    said = {"round": number, "by": str(request.by), "named": named.key}
    part.tale.take(
        "ask_another" if by_office else "ask_return",
        part.row,
        by=_office(part) if by_office else part.staff.liaison,
        at=at,
        why=why,
        data={**said, "arbiter": DecidedBy.CONGRESS_OFFICE.value},
        facts=[request],
    )


def _decline(part: Part, number: int, at: datetime) -> None:
    [request] = [each for each in part.tale.told.facts(ReturnRequest) if each.number == number]
    why = _DECLINED[number - 1]
    answer = part.book.row(ReturnAnswer, request=request, accepts=False, why=why, at=at)
    part.tale.take(
        "decline_it",
        part.row,
        by=part.book.world.staff[_NAMED[number - 1]].liaison,
        at=at,
        why=why,
        data={"round": number},
        facts=[answer],
    )


def _keep(part: Part, number: int, at: datetime) -> None:
    """Refused after each of the organ's rounds; after the office's own, decided for good."""
    final = number > len(_REFUSED)
    why = _UPHELD if final else _REFUSED[number - 1]
    decided = part.book.row(
        ReturnDecision,
        assignment=part.row,
        number=number,
        outcome=ReturnOutcome.UPHELD if final else ReturnOutcome.REFUSED,
        organ=part.row.organ,
        why=why,
        ground=_GROUND if final else "",
        consulted="省委编办、省民政厅、省公安厅、省医疗保障局" if final else "",
        final=final,
        on=at.astimezone(ZONE).date(),
        at=at,
    )
    part.tale.take(
        "uphold" if final else "refuse_return",
        part.row,
        by=_office(part),
        at=at,
        why=why,
        data={"round": number, "by": ReturnBy.ORGAN.value},
        facts=[decided],
    )
