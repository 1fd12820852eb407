"""One database of one size: fill it, serve it, measure it, print figures as JSON.

Started by ``tests.bench`` in a process of its own, whose environment names home and database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - models can be imported from here on
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.bench import counting, exporting, measures  # noqa: E402
from tests.bench.fill import fill  # noqa: E402
from tests.bench.ground import Ground, find  # noqa: E402
from tests.bench.importing import import_rows  # noqa: E402
from tests.bench.server import serving  # noqa: E402
from tests.bench.supply import Supply, lay_in  # noqa: E402
from tests.bench.visitor import Visitor  # noqa: E402


def main() -> None:
    wanted = _arguments()
    pace = measures.QUICK if wanted.quick else measures.THOROUGH
    ground, filled = _ground(wanted.size)
    supply = lay_in(ground)
    _say("measuring")
    found = _over_the_network(supply, pace=pace, only=wanted.only)
    _inside(found, supply, only=wanted.only)
    if not wanted.only:
        found |= counting.counted(ground)
        found |= exporting.in_own_process()
        found["import of 1,465 rows"] = import_rows(ground)
    json.dump(
        {
            "database": _database(),
            "suggestions": wanted.size,
            "megabytes": _megabytes(),
            "filled_in_s": filled,
            "load_average": [round(load, 2) for load in os.getloadavg()],
            "measures": found,
        },
        sys.stdout,
        ensure_ascii=False,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    return parser.parse_args()


def _say(words: str) -> None:
    sys.stderr.write(f"  {words}\n")


def _ground(size: int) -> tuple[Ground, float | None]:
    """The filled database, and how long filling took; one that was filled before is used again."""
    tables = connection.introspection.table_names()
    if "suggestions_suggestion" in tables:
        call_command("migrate", verbosity=0)
        return find(), None
    _say(f"filling {connection.vendor} with {size:,} suggestions")
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.monotonic()
    ground = fill(size)
    return ground, round(time.monotonic() - began, 1)


def _over_the_network(supply: Supply, *, pace: measures.Pace, only: str) -> dict[str, Any]:
    connection.close()
    found: dict[str, Any] = {}
    with serving(settings.HUIYIN_HOME) as port:
        visitors: dict[str, Visitor] = {}
        for page in measures.pages(supply):
            if not page.name.startswith(only):
                continue
            if page.role not in visitors:
                login = supply.login(page.role)
                visitors[page.role] = Visitor(port=port).sign_in(login)
            visitor = visitors[page.role]
            if page.name in measures.COUNTED:
                found[f"{page.name}, first visit"] = {
                    "said": "clerk: sessions nobody has looked at yet",
                    **measures.first_visits(supply, page, visitor),
                }
            if page.name == "statistics":
                found["statistics, first picture"] = {
                    "said": "clerk: past days nobody has looked at yet",
                    **measures.first_picture(supply, visitor),
                }
            found[page.name] = {
                "said": page.said,
                **measures.read_page(page, visitor, pace=pace),
            }
        if not only or only in ("create", "assign"):
            found |= _writing(supply, port, visitors, pace=pace)
    return found


def _writing(
    supply: Supply, port: int, visitors: dict[str, Visitor], *, pace: measures.Pace
) -> dict[str, Any]:
    writer = visitors.get("deputy") or Visitor(port=port).sign_in(supply.login("deputy"))
    clerk = visitors.get("clerk") or Visitor(port=port).sign_in(supply.login("clerk"))
    return {
        "create": {
            "said": "deputy: submits a finished draft",
            **measures.submit(supply, writer, pace=pace),
        },
        "begin": {
            "said": "deputy: begins a draft with its title",
            **measures.begin(writer, pace=pace),
        },
        "assign in bulk": {
            "said": f"clerk: {measures.BULK} suggestions to two organs",
            **measures.assign_in_bulk(supply, clerk),
        },
    }


def _inside(found: dict[str, Any], supply: Supply, *, only: str) -> None:
    for page in measures.pages(supply):
        if page.name not in found:
            continue
        figures = found[page.name]
        figures |= measures.look_inside(page, supply)
        figures["ratio_to_sql"] = round(figures["p50_ms"] / figures["bare_sql_ms"], 1)
    if "overview, first visit" in found:
        cache.clear()
        found["overview, first visit"] |= measures.look_inside_cold(supply)
    if not only:
        found["create"] |= measures.count_submitting(supply)


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 'SQLite ' || sqlite_version()")
            return str(cursor.fetchone()[0])
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _megabytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return Path(str(connection.settings_dict["NAME"])).stat().st_size // 1_000_000
        cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
        return size // 1_000_000


if __name__ == "__main__":
    main()
