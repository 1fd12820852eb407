"""Opens every number on every page, for every post of a built demo, and compares.

    HUIYIN_DEMO=1 HUIYIN_HOME=folder python manage.py demo --no-serve
    HUIYIN_DEMO=1 HUIYIN_HOME=folder python scripts/walk_numbers.py [PAGES OF A SHAPE [ROLE …]]

Works on a copy of the SQLite database. Ends with 1 when a list and its number differ.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from time import monotonic

EACH = int(sys.argv[1]) if sys.argv[1:] else 2
ROLES = sys.argv[2:]
SHOWN = 40


def copied(home: Path) -> Path:
    """The demo's database in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-walk-"))
    shutil.copyfile(home / "huiyin.sqlite3", folder / "huiyin.sqlite3")
    return folder


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    folder = copied(Path(os.environ["HUIYIN_HOME"]))
    os.environ["HUIYIN_HOME"] = str(folder)
    os.environ.setdefault("HUIYIN_TODAY", "2020-09-10")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    settings.ALLOWED_HOSTS = ["testserver"]
    setup_test_environment()
    call_command("migrate", verbosity=0)
    try:
        return run()
    finally:
        shutil.rmtree(folder)


def run() -> int:
    from django.test import Client

    from huiyin.accounts.offering import cards
    from huiyin.kernel import clock
    from tests.walking import Walk

    wrong = 0
    for card in cards(on=clock.today()):
        post = card.post
        if ROLES and post.role not in ROLES:
            continue
        client = Client()
        client.force_login(post.person)
        begun = monotonic()
        walk = Walk(f"{post.role} {post.person.name}", client, each=EACH).go()
        say(
            f"{walk.who}: {walk.pages} pages, {walk.numbers} numbers, "
            f"{len(walk.differences)} differences, {monotonic() - begun:.0f} s"
        )
        for page, status in walk.failed[:SHOWN]:
            say(f"   {status} {page}")
        for each in walk.differences[:SHOWN]:
            say(f"   {each.page}: {each.number} opens {each.length}: {each.address}")
        wrong += len(walk.differences) + len(walk.failed)
    say(f"{wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
