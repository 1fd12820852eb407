"""Who there is: deputies, clerks, and four kinds of hands in every organ.

The first in each role is one of the cast, so that the sign-in page offers him: it takes the
oldest post of a role. Every name is put together from tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.hashers import make_password

from huiyin.accounts.models import Person, Post, Role, Standing
from huiyin.demo import material, quotas, responsibility
from huiyin.demo.chance import Chance
from huiyin.demo.shelf import Shelf
from huiyin.demo.world import SET_UP, TERM_BEGAN, Staff, World
from huiyin.ledger import services as ledger

# Anybody of the demo signs in with it. Loopback alone reaches a demo (config.checks).
PASSWORD = "yuechuan-2020"  # noqa: S105 - printed on the screen
# login → name and, where it is not the role's own place, code of the organ or city.
CAST = {
    "lin": ("林若兰", "city02"),
    "ouyang": ("欧阳启明", "city01"),
    "chen": ("陈静怡", "lgw"),
    "he": ("何振华", "szfb"),
    "sun": ("孙晓燕", "jyt"),
    "qian": ("钱学军", "jyt"),
    "li": ("李正平", "jyt"),
    "zheng": ("郑国栋", "jyt"),
    "jiang": ("蒋文静", "jkw"),
    "shen": ("沈怀远", ""),
    "han": ("韩雪梅", "city02"),
    "feng": ("冯海燕", "czt"),
}
_SINCE = date(2018, 3, 1)
SUSPENDED, ENDED = 1, 2


class Registry:
    """Enters people and gives them posts, with a line on record for each."""

    def __init__(self, shelf: Shelf, world: World) -> None:
        self._shelf, self._world = shelf, world
        self._names = _names()
        # One hash for all: hashing a thousand times would take minutes.
        self._password = make_password(PASSWORD)
        self._phones = 0

    def name(self) -> str:
        """Return a name nobody has yet."""
        return next(self._names)

    def enter(self, login: str, name: str = "") -> Person:
        name = name or self.name()
        self._phones += 1
        person = self._shelf.new(
            Person,
            login=login,
            name=name,
            name_sort=name,
            password=self._password,
            phone=f"1990000{self._phones:04d}",
            email=f"{login}@yuechuan.example",
        )
        self._world.note("person.enter", "person", person, when=SET_UP, after="")
        return person

    def give(self, person: Person, role: str, **place: object) -> Post:
        place.setdefault("since", _SINCE)
        post = self._shelf.new(
            Post, person=person, role=role, congress=self._world.congress, **place
        )
        self._world.note("post.give", "post", post, when=SET_UP, after=role)
        return post


def people(shelf: Shelf, world: World) -> None:
    """Fill every post."""
    registry = Registry(shelf, world)
    _cast(registry, world)
    _offices(registry, world)
    for kind in material.organs():
        _staff(registry, world, kind)
    responsibility.set_up(shelf, world)
    _deputies(registry, world)


def _cast(registry: Registry, world: World) -> None:
    roles = {
        "chen": Role.CLERK,
        "he": Role.GOVERNMENT_CLERK,
        "sun": Role.LIAISON,
        "qian": Role.HANDLER,
        "li": Role.CHECKER,
        "zheng": Role.HEAD,
        "jiang": Role.COMMITTEE,
        "feng": Role.LIAISON,
    }
    for login, (name, place) in CAST.items():
        person = registry.enter(login, name)
        if login in roles:
            organ = world.organs[place]
            division = world.divisions[place][0] if login == "qian" else None
            post = registry.give(person, roles[login], organ=organ, inner_division=division)
        elif login == "han":
            post = registry.give(person, Role.ELECTING_LIAISON, electing_unit=world.units[place])
        elif login == "shen":
            post = registry.give(person, Role.LEADER)
            # Who leads a standing committee is a deputy himself: one person, two posts.
            _mandate(registry, world, person, "city01", 1)
        else:
            post = _mandate(registry, world, person, place, 2 if login == "lin" else 3)
        world.cast[login] = post


def _mandate(
    registry: Registry, world: World, person: Person, code: str, number: int, **rest: object
) -> Post:
    post = registry.give(
        person,
        Role.DEPUTY,
        term=world.term,
        delegation=world.delegations[code],
        electing_unit=world.units[code],
        card_no=f"13{number:04d}",
        since=TERM_BEGAN,
        **rest,
    )
    if post.standing == Standing.ACTIVE:
        world.deputies.setdefault(code, []).append(post)
    return post


def _offices(registry: Registry, world: World) -> None:
    office = world.organs["lgw"]
    seconds = [registry.enter(f"clerk{at}") for at in (2, 3)]
    others = [registry.give(person, Role.CLERK, organ=office) for person in seconds]
    world.clerks = [world.cast["chen"], *others]
    government = world.organs["szfb"]
    second = registry.give(registry.enter("gclerk2"), Role.GOVERNMENT_CLERK, organ=government)
    world.government_clerks = [world.cast["he"], second]
    world.committees["jkw"] = world.cast["jiang"]
    for code in ("nyw", "hzw", "jsw"):
        person = registry.enter(f"{code}.committee")
        world.committees[code] = registry.give(person, Role.COMMITTEE, organ=world.organs[code])
    registry.give(registry.enter("leader2"), Role.LEADER)
    for city in material.cities():
        if city.code != CAST["han"][1]:
            person = registry.enter(f"{city.code}.electing")
            registry.give(person, Role.ELECTING_LIAISON, electing_unit=world.units[city.code])


def _staff(registry: Registry, world: World, kind: material.OrganKind) -> None:
    organ, cast = world.organs[kind.code], world.cast
    mine = {post.role: post for post in cast.values() if post.organ_id == organ.pk}

    def filled(role: str) -> Post:
        return mine.get(role) or registry.give(
            registry.enter(f"{kind.code}.{role}"), role, organ=organ
        )

    handlers = [
        mine[Role.HANDLER]
        if at == 0 and Role.HANDLER in mine
        else registry.give(
            registry.enter(f"{kind.code}.handler{at + 1}"),
            Role.HANDLER,
            organ=organ,
            inner_division=division,
        )
        for at, division in enumerate(world.divisions[kind.code])
    ]
    world.staff[kind.code] = Staff(
        liaison=filled(Role.LIAISON),
        checker=filled(Role.CHECKER),
        head=filled(Role.HEAD),
        handlers=handlers,
        deputy_heads=[registry.name() for _each in range(2)],
    )


def _deputies(registry: Registry, world: World) -> None:
    seats = _seats()
    number = 3
    for code, count in seats.items():
        for _seat in range(count - len(world.deputies.get(code, []))):
            number += 1
            person = registry.enter(f"d{number:04d}")
            _mandate(registry, world, person, code, number, **_unusable(number))


def _unusable(number: int) -> dict[str, object]:
    """A few mandates are suspended or over, as in any term."""
    if number == quotas.DEPUTIES - 40:
        return {"standing": Standing.SUSPENDED}
    if number in (quotas.DEPUTIES - 30, quotas.DEPUTIES - 31):
        return {"standing": Standing.ENDED, "until": date(2019, 11, 29)}
    return {}


def _seats() -> dict[str, int]:
    """How many deputies each city elects; the capital takes what is left over."""
    civil = quotas.DEPUTIES - quotas.ARMY_DEPUTIES
    cities = material.cities()
    shares = sum(city.share for city in cities)
    seats = {city.code: civil * city.share // shares for city in cities}
    seats[cities[0].code] += civil - sum(seats.values())
    return {**seats, "army": quotas.ARMY_DEPUTIES}


def _names() -> Iterator[str]:
    """Every name once, common surnames more often."""
    table = material.texts("names")
    chance = Chance("names")
    surnames = _surnames(table["surnames"])
    often, known = table["weights"], len(surnames)
    weights = [often - (often - 1) * at / known for at in range(known)]
    taken = {name for name, _place in CAST.values()}
    while True:
        surname = chance.weighed(surnames, weights)
        given = chance.pick(table["men"] if chance.falls(0.64) else table["women"])
        name = surname + given
        if name not in taken:
            taken.add(name)
            yield name


def _surnames(text: str) -> list[str]:
    double = "欧阳"
    return [*text.replace(double, ""), double]


def lines_of(world: World) -> list[ledger.Line]:
    """The lines that say all this has been set up, in the order of their time."""
    return sorted(world.lines, key=lambda line: line.at)
