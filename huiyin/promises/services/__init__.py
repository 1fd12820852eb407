"""The only writers of this room."""

from huiyin.promises.services.acting import Said, take
from huiyin.promises.services.looking_back import answer_look_back, begin_look_back
from huiyin.promises.services.opening import open_promises
from huiyin.promises.services.yearly import roll_year, tell_year

__all__ = [
    "Said",
    "answer_look_back",
    "begin_look_back",
    "open_promises",
    "roll_year",
    "take",
    "tell_year",
]
