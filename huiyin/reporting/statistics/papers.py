"""The catalogue as a page of the documentation, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from huiyin.kernel.errors import Words
from huiyin.reporting.statistics.catalogue import ALL_RATES, STATISTICS
from huiyin.reporting.statistics.classes import IN_FORCE, MAPPED
from huiyin.reporting.statistics.dimensions import DIMENSIONS
from huiyin.reporting.statistics.pages import label_of
from huiyin.reporting.statistics.tables import TABLES, Grouped
from huiyin.supervision.rules import OVERSEERS

_HEAD = """# Statistics · 统计目录

Generated from the catalogue in `huiyin/reporting/statistics` by `make docs`; a test compares. A
number and its version mean one thing for good: what is counted over another base gets another
number and another name. Every number is of one session, as of the end of one day, up to one line of
the record, within what the reader may see; a past day is counted in the facts known then, so that
nothing done later changes it (a line brought in back-dated makes another number, told apart by the
line). Percentages are rounded as the rulebook declares (`percent.decimals`, `percent.rounding`,
`percent.residual`); where there is nothing to divide by, a dash stands and says so.

What a reader may no longer see is not counted for him either, on whatever day; an organ counts on a
past day what it was charged with by then. There is no statistic of what has been published, for
nothing is published here yet: R096 to R098 count what deputies agree to.
"""


def statistics_page() -> str:
    """Return the page in Markdown."""
    return "\n".join([_HEAD, *_counts(), "", *_rates(), "", *_tables(), "", *_groups()]) + "\n"


def _counts() -> Iterator[str]:
    yield "## Counts · 件数"
    yield ""
    yield "| number | counts | 统计项 | base | 基数 | set | for |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for figure in STATISTICS.values():
        label, base = (
            _both(label_of(figure)),
            _both(figure.base),
        )
        who = "all" if figure.roles is None else _who(figure.roles)
        yield (
            f"| `{figure.code}` v{figure.version} | {label[0]} | {label[1]} | {base[0]} |"
            f" {base[1]} | `{figure.population}` | {who} |"
        )


def _who(roles: frozenset[str]) -> str:
    return "overseers" if roles == OVERSEERS else "all but the electing unit"


def _rates() -> Iterator[str]:
    yield "## Rates · 比率"
    yield ""
    yield "| number | rate | 比率 | divided | base | 基数 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rate in ALL_RATES.values():
        label, base = _both(rate.label), _both(rate.base)
        divided = " + ".join(rate.parts) + f" ÷ {rate.of}"
        yield f"| `{rate.code}` | {label[0]} | {label[1]} | {divided} | {base[0]} | {base[1]} |"


def _tables() -> Iterator[str]:
    yield "## Tables · 统计表"
    yield ""
    yield "| number | table | 统计表 | lines | base | 基数 | adds up |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for table in sorted((*TABLES.values(), IN_FORCE, MAPPED), key=lambda each: each.code):
        label, base = _both(table.label), _both(table.base)
        lines = f"by `{table.by}`" if isinstance(table, Grouped) else ", ".join(table.rows)
        adds_up = "yes" if table.adds_up else "no"
        yield (
            f"| `{table.code}` | {label[0]} | {label[1]} | {lines} | {base[0]} | {base[1]} |"
            f" {adds_up} |"
        )


def _groups() -> Iterator[str]:
    yield "## Groups · 分组"
    yield ""
    yield "Any number can be narrowed to a group by a parameter of its address."
    yield ""
    yield "| parameter | by | 分组 | lines overlap |"
    yield "| --- | --- | --- | --- |"
    for each in DIMENSIONS.values():
        label = _both(each.label)
        yield f"| `{each.key}` | {label[0]} | {label[1]} | {'yes' if each.overlaps else 'no'} |"


def _both(words: Words) -> tuple[str, str]:
    """The words in English and in Chinese."""
    with override("en"):
        english = str(words)
    with override("zh-hans"):
        return english, str(words)
