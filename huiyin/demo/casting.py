"""Giving the people on the sign-in page something to do.

The organs' hands and the clerks find theirs by their posts; a deputy finds only what is his own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiyin.demo.chance import Chance
from huiyin.demo.fates import End, Fate
from huiyin.demo.places import Titles, city_of
from huiyin.demo.world import World

# What the deputy of the cast leads: running, just answered, handled again, and finished ones.
_WANTED: tuple[Callable[[Fate], bool], ...] = (
    lambda fate: fate.pending is not None and fate.main == "jyt" and fate.pending.stop == "checked",
    lambda fate: fate.end is End.AWAITED and not fate.in_session and fate.main != "jyt",
    lambda fate: fate.end is End.HANDLED_AGAIN and fate.main == "zrt",
    lambda fate: fate.end is End.RATED and fate.main == "jyt" and len(fate.rounds) == 1,
    lambda fate: fate.end is End.RATED and fate.main == "jtt" and len(fate.rounds) == 1,
    lambda fate: fate.end is End.RATED and len(fate.rounds) == 2,
    lambda fate: fate.end is End.NO_FEEDBACK and fate.main == "nyt",
)
_SIGNED_TOO = 3


def cast(fates: Sequence[Fate], world: World, titles: Titles) -> None:
    """Put the cast's two deputies into what is received."""
    lin, ouyang = world.cast["lin"], world.cast["ouyang"]
    for at, wanted in enumerate(_WANTED):
        fate = next(fate for fate in fates if wanted(fate) and _is_free(fate))
        chance = Chance("cast", at)
        fate.lead = lin
        fate.title_at, fate.title, fate.slots = titles.give(
            fate.topic, city_of("city02", chance), chance
        )
        fate.cosigners = [post for post in fate.cosigners if post.pk != lin.pk]
        if at < _SIGNED_TOO and ouyang not in fate.cosigners:
            fate.cosigners.append(ouyang)


def _is_free(fate: Fate) -> bool:
    bound = fate.from_paper or fate.merged_with or fate.whole_delegation
    # Another city's government would answer for hers.
    return not (bound or fate.main.startswith("city") or fate.lead.person.login == "lin")
