"""``make bench``: fill databases of the asked sizes, measure the pages, print JSON.

SQLite always; PostgreSQL too when ``HUIYIN_DB_HOST`` names a server (docs/operations/benchmarks.md
says how). Every database is made for the purpose and removed afterwards unless ``--keep`` says
where to leave it for the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import django
import psycopg
from psycopg import sql

from tests.bench import TODAY
from tests.bench.report import write_report

SIZES = "20000,150000"


def main() -> None:
    wanted = _arguments()
    runs = [
        run
        for size in map(int, wanted.sizes.split(","))
        for database in wanted.databases.split(",")
        if (run := _run(database, size, wanted)) is not None
    ]
    found = {"machine": _machine(), "day": date.today().isoformat(), "runs": runs}  # noqa: DTZ011
    if wanted.write:
        write_report(found, Path(wanted.write))
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    both = "sqlite,postgresql" if os.environ.get("HUIYIN_DB_HOST") else "sqlite"
    parser.add_argument("--sizes", default=SIZES, help=f"how many suggestions ({SIZES})")
    parser.add_argument("--databases", default=both, help=f"which databases ({both})")
    parser.add_argument("--quick", action="store_true", help="fewer visits: a first impression")
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    parser.add_argument("--keep", default="", help="folder where the databases stay")
    parser.add_argument("--write", default="", help="also write the table of this document again")
    return parser.parse_args()


def _run(database: str, size: int, wanted: argparse.Namespace) -> dict[str, Any] | None:
    """Measure one database in a process of its own, with a home of its own."""
    sys.stderr.write(f"{database}, {size:,} suggestions\n")
    with _home(database, size, keep=wanted.keep) as home:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "HUIYIN_DB_HOST"},
            "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
            "HUIYIN_HOME": str(home),
            "HUIYIN_TODAY": TODAY,
            "HUIYIN_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "tests.bench.run", str(size), "--only", wanted.only]
        command += ["--quick"] if wanted.quick else []
        if database == "sqlite":
            return _answer(command, environment)
        with _postgresql(size, keep=bool(wanted.keep)) as own:
            return _answer(command, environment | own)


def _answer(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@contextmanager
def _home(database: str, size: int, *, keep: str) -> Iterator[Path]:
    if keep:
        home = Path(keep) / f"{database}-{size}"
        home.mkdir(parents=True, exist_ok=True)
        yield home
    else:
        with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as made:
            yield Path(made)


@contextmanager
def _postgresql(size: int, *, keep: bool) -> Iterator[dict[str, str]]:
    """A database of our own on the named server; its user must be allowed to create one."""
    name = f"huiyin_bench_{size}"
    server = psycopg.connect(
        host=os.environ["HUIYIN_DB_HOST"],
        port=os.environ.get("HUIYIN_DB_PORT", "5432"),
        user=os.environ.get("HUIYIN_DB_USER", "huiyin"),
        password=os.environ.get("HUIYIN_DB_PASSWORD", ""),
        dbname="postgres",
        autocommit=True,
    )
    with server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not there:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            host = os.environ["HUIYIN_DB_HOST"]
            yield {"HUIYIN_DB_HOST": host, "HUIYIN_DB_NAME": name}
        finally:
            if not keep:
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _machine() -> dict[str, Any]:
    processor = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": processor[0] if processor else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


if __name__ == "__main__":
    main()
