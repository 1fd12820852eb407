"""Dealing out the fates of what is received: who raises it, what it comes to, how it is rated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from huiyin.accounts.models import Post
from huiyin.demo import leads, quotas
from huiyin.demo.chance import Chance
from huiyin.demo.fates import Charge, End, Fate, Round
from huiyin.demo.material import Topic
from huiyin.demo.places import Titles, city_of
from huiyin.demo.world import World
from huiyin.suggestions.models.case import Kind
from huiyin.suggestions.stages import HandlingRole

T = TypeVar("T")

# How many suggestions a deputy raises in a year: most few, some many.
_ZEAL, _ZEAL_WEIGHTS = (0, 1, 2, 4, 9), (24, 36, 24, 12, 4)
_ARMY_TOPICS = ("tyj", "ybj", "gxt", "kjt")
# Better classes are rated better, though not always.
_WORTH = {"A1": 0, "A2": 1, "A3": 3, "B1": 2, "B2": 4, "C1": 6, "C2": 7}
_NOISE = 7.0


class Deputies:
    """Who may raise one: every usable mandate, each as often as his zeal says."""

    def __init__(self, world: World) -> None:
        kept = {world.cast["lin"].pk, world.cast["ouyang"].pk}
        self._army = world.deputies["army"]
        self._civil = [
            (code, post)
            for code, posts in world.deputies.items()
            for post in posts
            if code != "army" and post.pk not in kept
        ]
        chance = Chance("zeal")
        self._zeal = [float(chance.weighed(_ZEAL, _ZEAL_WEIGHTS)) for _each in self._civil]
        self._by_city = {
            code: [
                (post, zeal)
                for (city, post), zeal in zip(self._civil, self._zeal, strict=True)
                if city == code
            ]
            for code in world.deputies
        }

    def one(self, chance: Chance) -> tuple[str, Post]:
        """Return a deputy and the code of the city that elected him."""
        return chance.weighed(self._civil, self._zeal)

    def one_of(self, code: str, chance: Chance) -> tuple[str, Post]:
        """Return a deputy of that city."""
        posts, zeal = zip(*self._by_city[code], strict=True)
        return code, chance.weighed(posts, zeal)

    def of_the_army(self, chance: Chance) -> tuple[str, Post]:
        return "army", chance.pick(self._army)

    def beside(self, lead: Post, chance: Chance, count: int) -> list[Post]:
        """Return others to sign with him, most from his own delegation."""
        own = [post for _code, post in self._civil if post.delegation_id == lead.delegation_id]
        strangers = [chance.pick(self._civil)[1] for _each in range(1 + count // 4)]
        chosen = [*strangers[: count // 4], *chance.some(own or [lead], count)]
        different = [post for post in dict.fromkeys(chosen) if post.pk != lead.pk]
        return different[:count]


def deal(titles: Titles, deputies: Deputies) -> list[Fate]:
    """Return the fates of everything received, in a mixed order."""
    fates = _raised(titles, deputies)
    _between(fates)
    leads.charge(fates)
    _gather(fates, deputies)
    _forms(fates, deputies)
    _merge(fates)
    leads.bring_in_party(fates)
    leads.employ_everyone(fates)
    _dissatisfy(fates)
    _class(fates)
    _rate(fates)
    return fates


def _raised(titles: Titles, deputies: Deputies) -> list[Fate]:
    chosen = Chance("order").shuffled(leads.topics_of())
    army = iter(
        Chance("army").some(
            [at for at, (code, _t) in enumerate(chosen) if code in _ARMY_TOPICS], quotas.ARMY
        )
    )
    of_the_army = set(army)
    return [
        _raise(at, code, topic, titles, deputies, of_the_army=at in of_the_army)
        for at, (code, topic) in enumerate(chosen)
    ]


def _raise(
    at: int, code: str, topic: Topic, titles: Titles, deputies: Deputies, *, of_the_army: bool
) -> Fate:
    name = f"received{at:04d}"
    chance = Chance("raised", name)
    if of_the_army:
        home, lead = deputies.of_the_army(chance)
    elif code.startswith("city"):
        home, lead = deputies.one_of(code, chance)
    else:
        home, lead = deputies.one(chance)
    # Most speak of their own city; who is elected by the army speaks of any.
    speaks_of = home if code == home or chance.falls(0.85) else ""
    title_at, title, slots = titles.give(topic, city_of(speaks_of, chance), chance)
    return Fate(
        name=name,
        end=End.NO_FEEDBACK,
        topic=topic,
        title=title,
        title_at=title_at,
        slots=slots,
        lead=lead,
        charges=[Charge(organ=code, role=HandlingRole.SOLE)],
    )


def _between(fates: list[Fate]) -> None:
    """Choose what comes between the sessions: the seventeen in handling, and those answered."""
    for pending in quotas.PENDING:
        fate = next(each for each in fates if each.main == pending.organ and each.in_session)
        fate.in_session, fate.end, fate.pending = False, End.IN_HANDLING, pending
    able = [each for each in fates if each.in_session and not leads.is_party(each.main)]
    for fate in Chance("between").some(able, quotas.ANSWERED_BETWEEN):
        fate.in_session = False


def _gather(fates: list[Fate], deputies: Deputies) -> None:
    """Who signs with the lead: half of them nobody, some a dozen."""
    for fate in fates:
        chance = Chance("signers", fate.name)
        count = chance.weighed((0, 1, 2, 3, 4, 6, 10), (52, 12, 12, 9, 7, 5, 3))
        fate.cosigners = deputies.beside(fate.lead, chance, count)
        if fate.cosigners and chance.falls(0.07):
            fate.declining = [fate.cosigners.pop()]


def _forms(fates: list[Fate], deputies: Deputies) -> None:
    """In which form it comes, and what happens to it before it is registered."""
    session = [fate for fate in fates if fate.in_session]
    chance = Chance("forms")
    for fate in chance.some(session, quotas.WHOLE_DELEGATION):
        fate.whole_delegation = True
    for fate in chance.some([f for f in session if not f.whole_delegation], quotas.MOTIONS):
        # Ten deputies move a motion; turned into a suggestion it keeps their names.
        fate.kind = Kind.MOTION
        fate.cosigners = deputies.beside(fate.lead, Chance("motion", fate.name), 10)
    for fate in chance.some(session, quotas.REVIEWED_TOGETHER):
        fate.reviewed_together = True
    worded = chance.some(session, quotas.WORDINGS_ACCEPTED + quotas.WORDINGS_REFUSED)
    for at, fate in enumerate(worded):
        fate.wording = "accepted" if at < quotas.WORDINGS_ACCEPTED else "refused"
    plain = [fate for fate in session if not (fate.wording or fate.reviewed_together)]
    for fate in chance.some(plain, quotas.RESUBMITTED):
        fate.resubmitted = True
    alone = [fate for fate in plain if not (fate.cosigners or fate.resubmitted or fate.declining)]
    for fate in chance.some(alone, quotas.ENTERED_FROM_PAPER):
        fate.from_paper = True


def _merge(fates: list[Fate]) -> None:
    """Put suggestions on one matter together; they share their organs."""
    groups: dict[tuple[str, str], list[Fate]] = defaultdict(list)
    for fate in fates:
        if fate.in_session and fate.charges[0].role != HandlingRole.SEPARATE:
            groups[fate.main, fate.topic.name].append(fate)
    tagged = [group for group in groups.values() if group[0].topic.tag in ("talent", "villages")]
    others = [
        group for group in groups.values() if not leads.is_party(group[0].main) and len(group) >= 2
    ]
    chance = Chance("merge")
    chosen = chance.some(others, quotas.MERGE_GROUPS - len(tagged))
    for group in (*tagged, *(part[: chance.between(2, 4)] for part in chosen)):
        first = group[0]
        for fate in group:
            fate.merged_with = first.name
            fate.charges = [
                Charge(organ=each.organ, role=each.role, part=each.part) for each in first.charges
            ]


def _dissatisfy(fates: list[Fate]) -> None:
    """Choose the forty-eight, and those of the wide class."""
    chance = Chance("dissatisfied")
    session = [
        fate
        for fate in fates
        if fate.in_session
        and not fate.merged_with
        and fate.charges[0].role != HandlingRole.SEPARATE
    ]
    for pending in quotas.REHANDLING:
        fate = next(each for each in session if each.main == pending.organ and each.pending is None)
        # Replied to at the end of the six months, so that the second round is running now.
        fate.pending, fate.end, fate.wide = pending, End.HANDLED_AGAIN, True
    able = [fate for fate in session if fate.pending is None]
    for fate in chance.some(able, quotas.HANDLED_AGAIN):
        fate.rounds = [Round(outcome_class=""), Round(outcome_class="")]
        fate.end = End.RATED
    paper = [fate for fate in able if not fate.rounds and len(fate.charges) == 1]
    for fate in chance.some(paper, quotas.WITHOUT_CLASS):
        fate.paper_reply = True
        fate.end = End.AWAITED
    wide = [fate for fate in able if not fate.rounds and not fate.paper_reply]
    for fate in chance.some(wide, quotas.WIDE - quotas.PENDING_AGAIN):
        fate.wide = True


def _class(fates: list[Fate]) -> None:
    """Deal the classes: those of second rounds and of the wide first, then all the others."""
    chance = Chance("classes")
    twice = [fate for fate in fates if len(fate.rounds) == 2]
    again = _dealt(quotas.CLASSES_AGAIN, chance)
    before = _dealt(quotas.CLASSES_DISSATISFIED, chance)
    for fate, first, last in zip(twice, before, again, strict=True):
        fate.rounds[0].outcome_class, fate.rounds[1].outcome_class = first, last
    running = [fate for fate in fates if fate.end is End.HANDLED_AGAIN]
    for fate, first in zip(running, _dealt(quotas.CLASSES_PENDING, chance), strict=True):
        fate.rounds = [Round(outcome_class=first)]
    wide = [fate for fate in fates if fate.wide and not fate.rounds]
    wide_classes = _less(quotas.WIDE_CLASSES, quotas.CLASSES_PENDING)
    for fate, first in zip(wide, _dealt(wide_classes, chance), strict=True):
        fate.rounds = [Round(outcome_class=first)]
    left = _less(quotas.CLASSES, quotas.CLASSES_AGAIN, quotas.CLASSES_PENDING, wide_classes)
    others = [
        fate
        for fate in fates
        if not fate.rounds and not fate.paper_reply and fate.end is not End.IN_HANDLING
    ]
    for fate, first in zip(others, _dealt(left, chance), strict=True):
        fate.rounds = [Round(outcome_class=first)]
    for fate in fates:
        if fate.paper_reply:
            fate.rounds = [Round(outcome_class="")]


def _rate(fates: list[Fate]) -> None:
    """Deal the ratings so that both margins come out, the better ones to the better replies."""
    chance = Chance("ratings")
    for fate, rating in zip(
        [fate for fate in fates if len(fate.rounds) == 2],
        _dealt(quotas.RATINGS_AGAIN, chance),
        strict=True,
    ):
        fate.rounds[1].rating = rating
    attitudes = _dealt(quotas.ATTITUDES_DISSATISFIED, chance)
    unhappy = [f for f in fates if len(f.rounds) == 2 or f.end is End.HANDLED_AGAIN]
    for fate, attitude in zip(unhappy, attitudes, strict=True):
        fate.rounds[0].rating = (attitude, "NS")
    left = _less(quotas.RATINGS, quotas.RATINGS_AGAIN)
    able = [fate for fate in fates if fate.end is End.NO_FEEDBACK]
    just = [fate for fate in able if not fate.in_session][: quotas.JUST_REPLIED]
    rateable = [fate for fate in able if fate not in just]
    rated = chance.some(rateable, sum(left.values()))
    for fate, rating in zip(_by_worth(rated, chance), _best_first(left), strict=True):
        fate.rounds[0].rating = rating
        fate.end = End.RATED
    unrated = [fate for fate in rateable if fate.end is End.NO_FEEDBACK]
    for fate in (*just, *chance.some(unrated, quotas.LEFT_OPEN)):
        fate.end = End.AWAITED


def _by_worth(fates: Iterable[Fate], chance: Chance) -> list[Fate]:
    return sorted(
        fates,
        key=lambda fate: _WORTH[fate.rounds[0].outcome_class] + _NOISE * chance.fraction(),
    )


def _best_first(ratings: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    grades = ("VS", "S", "BS")
    order = sorted(ratings, key=lambda pair: sum(grades.index(grade) for grade in pair))
    return [pair for pair in order for _each in range(ratings[pair])]


def _dealt(counts: Mapping[T, int], chance: Chance) -> list[T]:
    return chance.shuffled([each for each, count in counts.items() for _each in range(count)])


def _less(counts: Mapping[T, int], *taken: Mapping[T, int]) -> dict[T, int]:
    gone = {each: sum(part.get(each, 0) for part in taken) for each in counts}
    left = {each: count - gone[each] for each, count in counts.items()}
    if min(left.values()) < 0:
        raise ValueError(f"more taken than there are: {left}")
    return left
