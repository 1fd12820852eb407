"""Break the proven code on purpose and count what the tests notice:  make mutants

Which files are proven stands in pyproject.toml. A sample, drawn with a fixed seed, keeps a run
short; ``ARGS=--all`` takes every fault. The score is the share of faults that made a test fail.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutmut import __main__ as mutmut
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parent.parent
WORKSHOP = ROOT / "mutants"
NOTICED = frozenset({"killed", "timeout", "segfault", "suspicious"})
NOT_TRIED = frozenset({"not checked", "skipped", "check was interrupted by user"})


@contextlib.contextmanager
def drawing(*, sample: int | None) -> Iterator[list[tuple[Any, str]]]:
    """Let mutmut see only the faults drawn; the list yielded is filled with them."""
    collect = mutmut.collect_source_file_mutation_data
    drawn: list[tuple[Any, str]] = []

    def draw(**asked: Any) -> Any:
        found, by_file = collect(**asked)
        found = sorted(found, key=lambda one: str(one[1]))
        if sample is not None and sample < len(found):
            found = random.Random(1).sample(found, sample)  # noqa: S311 - no secret
        drawn[:] = [(by_name, name) for by_name, name, _result in found]
        return found, by_file

    mutmut.collect_source_file_mutation_data = draw
    try:
        yield drawn
    finally:
        mutmut.collect_source_file_mutation_data = collect


@contextlib.contextmanager
def quietly(log: Path) -> Iterator[None]:
    """Send what is printed to a file, by whatever way: the spinner goes past sys.stdout."""
    sys.stdout.flush()
    shown = os.dup(1)
    with log.open("wb") as out:
        os.dup2(out.fileno(), 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(shown, 1)
        os.close(shown)


def run(*, sample: int | None, seconds: int) -> list[tuple[str, str]]:
    """Name and fate of each fault tried."""
    log = WORKSHOP / "mutmut.log"
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(seconds)
    try:
        with drawing(sample=sample) as drawn, quietly(log):
            mutmut._run([], os.cpu_count())
    except SystemExit:
        sys.stderr.write(log.read_text(errors="replace")[-6000:])
        raise
    signal.alarm(0)
    return [(name, status_by_exit_code[file.exit_code_by_key[name]]) for file, name in drawn]


def report(fates: list[tuple[str, str]], *, wanted: float) -> int:
    tried = [(name, fate) for name, fate in fates if fate not in NOT_TRIED]
    noticed = sum(fate in NOTICED for _name, fate in tried)
    for name, fate in sorted(tried):
        if fate not in NOTICED:
            sys.stdout.write(f"{fate}: {name}\n")
    score = 100 * noticed / len(tried) if tried else 0.0
    counted = ", ".join(
        f"{fate} {number}" for fate, number in sorted(Counter(dict(fates).values()).items())
    )
    sys.stdout.write(
        f"{counted}\nmutation score {score:.1f} % of {len(tried)}, wanted {wanted} %\n"
    )
    return 0 if score >= wanted else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="try every fault")
    parser.add_argument("--sample", type=int, default=240, help="how many faults are drawn")
    parser.add_argument("--seconds", type=int, default=780, help="stop trying after so long")
    parser.add_argument("--wanted", type=float, default=80, help="fail under this score")
    asked = parser.parse_args()
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    WORKSHOP.mkdir()
    os.chdir(ROOT)
    # Migrated once: each fault is tried in a process of its own, on a copy.
    os.environ["HUIYIN_PREPARED_DATABASE"] = str(WORKSHOP / "prepared.sqlite3")
    if asked.all:
        return report(run(sample=None, seconds=24 * 3600), wanted=asked.wanted)
    return report(run(sample=asked.sample, seconds=asked.seconds), wanted=asked.wanted)


if __name__ == "__main__":
    sys.exit(main())
