"""How the cases of a session stood at the end of a past day.

Nothing is kept but copies: a picture is the facts of each case up to that day, derived as the
live columns are, and can be thrown away at any time.
"""

from huiyin.reporting.pictures.keeping import picture_of
from huiyin.reporting.pictures.moment import end_of, moment_at

__all__ = ["end_of", "moment_at", "picture_of"]
