"""Filling a fresh database: ``fill(20_000)``."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from tests.bench import deck, multiply
from tests.bench.ground import SESSIONS, Ground, lay


def fill(total: int) -> Ground:
    """Migrate and write ``total`` suggestions with everything that has happened to them."""
    call_command("migrate", verbosity=0)
    multiply.make_room()
    ground = lay()
    before = multiply.ends()
    deck.deal(ground, ground.sessions[SESSIONS - 2], deck.SETTLED)
    middle = multiply.ends()
    deck.deal(ground, ground.sessions[SESSIONS - 1], deck.RUNNING)
    copies = multiply.plan(ground.sessions, total=total)
    multiply.multiply(ground, copies, between=(before, middle, multiply.ends()))
    multiply.refresh_statistics()
    connection.close()
    return ground
