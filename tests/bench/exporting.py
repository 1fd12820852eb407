"""How long the whole list takes as a workbook and as CSV, in how much memory.

In a process of its own (``python -m tests.bench.exporting``): the memory of the process that has
measured the pages would say nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - models can be imported from here on
from django.http import QueryDict  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.utils.translation import override  # noqa: E402

from huiyin.accounts.actor import Actor  # noqa: E402
from huiyin.accounts.models import Post, Role  # noqa: E402
from huiyin.kernel.clock import now, today  # noqa: E402
from huiyin.suggestions.facets import near_days, rules_in_force  # noqa: E402
from huiyin.suggestions.tables import list_for, rows_for  # noqa: E402
from huiyin.ui.exports.making import Taking, snapshot  # noqa: E402
from huiyin.ui.lists import Context, ListPage  # noqa: E402
from tests.bench.inside import listening  # noqa: E402

KINDS = ("xlsx", "csv")


def in_own_process() -> dict[str, Any]:
    """Measure it beside this process, in the same home and database."""
    command = [sys.executable, "-m", "tests.bench.exporting"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure() -> dict[str, Any]:
    """The clerk's whole list, and what its statements take through the driver alone."""
    post = Post.objects.filter(role=Role.CLERK).select_related("person", "congress")[0]
    page = _page(Actor.of(post))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # As the thread of an export does.
            cursor.execute("PRAGMA mmap_size=0")
    before = _kilobytes()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-export-") as folder:
        for kind in KINDS:
            taking = Taking.of(page, kind=kind, actor=page.context.actor, at=now())
            path = Path(folder) / f"list.{kind}"
            began, busy = time.perf_counter(), time.process_time()
            rows = taking.write(path)
            found[f"export, {kind}"] = {
                "said": f"clerk: the whole list as {kind}",
                "rows": rows,
                "p50_ms": round(1000 * (time.perf_counter() - began)),
                "processor_ms": round(1000 * (time.process_time() - busy)),
                "megabytes": round(path.stat().st_size / 1_000_000, 1),
                "peak_memory_mb": round(_kilobytes() / 1024),
                "grown_by_mb": round((_kilobytes() - before) / 1024),
            }
    bare, statements = _bare(taking)
    for figures in found.values():
        figures["queries"] = statements
        figures["bare_sql_ms"] = round(1000 * bare)
        figures["ratio_to_sql"] = round(figures["p50_ms"] / figures["bare_sql_ms"], 1)
    return found


def _page(actor: Actor) -> ListPage:
    request: Any = RequestFactory().get("/suggestions/")
    request.GET, request.actor, request.today = QueryDict(""), actor, today()
    context = Context(actor=actor, today=request.today, request=request)
    spec = list_for(
        actor,
        asked={},
        today=request.today,
        threshold=near_days(actor, context),
        rules=rules_in_force(actor, context),
    )
    return ListPage(spec, request, rows_for(actor))


def _bare(taking: Taking) -> tuple[float, int]:
    """Seconds of the same statements through the driver, and how many they are."""
    with listening() as heard, snapshot():
        for _row in taking.read(taking.rows):
            pass
    statements = [each for each in heard.statements if each[0].startswith("SELECT")]
    connection.ensure_connection()
    began = time.perf_counter()
    with connection.cursor() as wrapped:
        for sql, params in statements:
            wrapped.cursor.execute(sql, params)
            while wrapped.cursor.fetchmany(1000):
                pass
    return time.perf_counter() - began, len(statements)


def _kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    with override("zh-hans"):
        json.dump(measure(), sys.stdout, ensure_ascii=False)
