"""What the room keeps: the ledger of promises, the look-backs, the yearly rolls."""

from huiyin.promises.models.ledger import Promise, PromiseAct, PromiseStatement
from huiyin.promises.models.reviews import LookBack, LookBackAnswer, LookBackItem, YearRoll

__all__ = [
    "LookBack",
    "LookBackAnswer",
    "LookBackItem",
    "Promise",
    "PromiseAct",
    "PromiseStatement",
    "YearRoll",
]
