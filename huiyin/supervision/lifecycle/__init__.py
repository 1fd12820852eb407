"""The tables of this room's cases. Buttons, checks, records and tests read them."""

from huiyin.supervision.lifecycle.problems import PROBLEM
from huiyin.supervision.lifecycle.projects import PROJECT
from huiyin.supervision.lifecycle.topics import TOPIC

TABLES = {each.name: each for each in (TOPIC, PROBLEM, PROJECT)}

__all__ = ["PROBLEM", "PROJECT", "TABLES", "TOPIC"]
