"""The ground the benchmark stands on: one congress, its sessions, organs, deputies and clerks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from huiyin.accounts.models import Person, Post, Role
from huiyin.organisations.models import (
    Congress,
    Delegation,
    ElectingUnit,
    Level,
    Organ,
    RuleChoice,
    Session,
    System,
    Term,
)

LAST_OPENING = date(2020, 1, 13)
SESSIONS = 20
# Twelve weeks: the first session is then the first one under the law that the rules begin with.
APART = 84
DEPUTIES = 420
ORGANS = 95
PASSWORD = "a-phrase-for-benchmarks-only"
# Who reads and writes in the benchmark, each in the role it is called by.
READERS = (Role.CLERK, Role.GOVERNMENT_CLERK, Role.LEADER, Role.COMMITTEE)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = (
    "建国",
    "海燕",
    "思远",
    "文博",
    "晓红",
    "志强",
    "丽华",
    "永平",
    "雪梅",
    "国栋",
    "敏",
    "立新",
)
_CITIES = (
    "岳北",
    "岳南",
    "云溪",
    "白石",
    "东湖",
    "临江",
    "平山",
    "金沙",
    "青田",
    "安化",
    "双牌",
    "宁远",
)
_MATTERS = ("发展和改革", "教育", "科技", "工业和信息化", "民政", "财政", "人力资源和社会保障")
_ANSWERING = (Role.LIAISON, Role.HANDLER, Role.CHECKER, Role.HEAD)


@dataclass(kw_only=True)
class Ground:
    """Who and what the cases are about."""

    congress: Congress
    sessions: list[Session]
    organs: list[Organ]
    # Organ's row id → its posts by role.
    staff: dict[int, dict[str, Post]]
    deputies: list[Post]
    readers: dict[str, Post] = field(default_factory=dict)

    @property
    def clerk(self) -> Post:
        return self.readers[Role.CLERK]


def lay(**overrides: object) -> Ground:
    """Write the ground into an empty database; ``overrides`` deviate from the pack."""
    congress = Congress.objects.create(
        slug="yuechuan",
        name="岳川省人民代表大会",
        short_name="岳川省",
        level=Level.PROVINCE,
    )
    RuleChoice.objects.create(
        congress=congress,
        pack="hunan",
        valid_from=date(1999, 1, 1),
        overrides=overrides,
        decided_by="省人大常委会主任会议",
        decided_on=date(1998, 12, 20),
        basis="湘常办发〔2020〕12号",
    )
    sessions = _sessions(congress)
    organs = _organs(congress)
    ground = Ground(
        congress=congress,
        sessions=sessions,
        organs=[each for each in organs if not each.is_committee],
        staff={},
        deputies=_deputies(congress, sessions[-1].term),
    )
    _staff(ground)
    _readers(ground, committee=next(each for each in organs if each.is_committee))
    return ground


def find() -> Ground:
    """The ground of a database that was filled before."""
    congress = Congress.objects.get()
    posts = list(Post.objects.select_related("person", "organ").order_by("pk"))
    staff: dict[int, dict[str, Post]] = {}
    for post in posts:
        if post.role in _ANSWERING:
            staff.setdefault(post.organ_id or 0, {})[post.role] = post
    return Ground(
        congress=congress,
        sessions=list(congress.sessions.order_by("opens_on")),
        organs=list(congress.organs.filter(is_committee=False).order_by("pk")),
        staff=staff,
        deputies=[post for post in posts if post.role == Role.DEPUTY],
        readers={post.role: post for post in posts if post.role in READERS},
    )


def _sessions(congress: Congress) -> list[Session]:
    """The last one is that of the benchmark's present."""
    opened = []
    for number in range(SESSIONS):
        term_ordinal, ordinal = divmod(number, 5)
        opens = LAST_OPENING - timedelta(days=APART * (SESSIONS - 1 - number))
        term, _made = Term.objects.get_or_create(
            congress=congress, ordinal=10 + term_ordinal, defaults={"starts_on": opens}
        )
        opened.append(
            Session.objects.create(
                congress=congress,
                term=term,
                ordinal=ordinal + 1,
                name=f"岳川省第{10 + term_ordinal}届人民代表大会第{ordinal + 1}次会议",
                opens_on=opens,
                closes_on=opens + timedelta(days=4),
            )
        )
    return opened


def _organs(congress: Congress) -> list[Organ]:
    systems = [System.GOVERNMENT] * 60 + [System.PARTY] * 12 + [System.CONGRESS] * 4
    systems += [System.JUDICIAL] * 3 + [System.CENTRAL] * 8 + [System.ENTERPRISE] * 8
    rows = [
        Organ(
            congress=congress,
            system=system,
            name=f"省{_MATTERS[number % len(_MATTERS)]}第{number + 1}局",
            code=f"{number + 1:03}",
            is_government_office=number == 0,
            is_congress_office=number == 72,
        )
        for number, system in enumerate(systems)
    ]
    rows.append(
        Organ(
            congress=congress,
            system=System.CONGRESS,
            name="省人大教育科学文化卫生委员会",
            code="900",
            is_committee=True,
        )
    )
    assert len(rows) == ORGANS + 1
    return Organ.objects.bulk_create(rows)


def _name(number: int) -> str:
    surname = _SURNAMES[number % len(_SURNAMES)]
    return surname + _GIVEN[number // len(_SURNAMES) % len(_GIVEN)]


def _people(logins: list[str], *, password: str = "!") -> list[Person]:  # noqa: S107
    return Person.objects.bulk_create(
        Person(
            login=login,
            name=_name(number),
            name_sort=_name(number),
            email=f"{login}@yuechuan.example",
            password=password,
        )
        for number, login in enumerate(logins)
    )


def _deputies(congress: Congress, term: Term) -> list[Post]:
    delegations = Delegation.objects.bulk_create(
        Delegation(congress=congress, term=term, name=f"{city}代表团", ordering=number)
        for number, city in enumerate(_CITIES)
    )
    units = ElectingUnit.objects.bulk_create(
        ElectingUnit(congress=congress, name=f"{city}市人民代表大会") for city in _CITIES
    )
    people = _people([f"deputy{n}" for n in range(DEPUTIES)], password=make_password(PASSWORD))
    posts = Post.objects.bulk_create(
        Post(
            person=person,
            role=Role.DEPUTY,
            congress=congress,
            term=term,
            delegation=delegations[number % len(delegations)],
            electing_unit=units[number % len(units)],
            card_no=f"{number:04}",
            since=date(2000, 1, 1),
        )
        for number, person in enumerate(people)
    )
    for first, last in ((posts[0].pk, posts[-1].pk), (people[0].pk, people[-1].pk)):
        assert last - first == len(posts) - 1, "multiplying shifts deputies by row id"
    return posts


def _post(person: Person, ground: Ground, role: str, **place: Any) -> Post:
    since = date(2000, 1, 1)
    return Post(person=person, role=role, congress=ground.congress, since=since, **place)


def _staff(ground: Ground) -> None:
    people = iter(
        _people(
            [f"{role}{organ.code}" for organ in ground.organs for role in _ANSWERING],
            password=make_password(PASSWORD),
        )
    )
    posts = Post.objects.bulk_create(
        _post(next(people), ground, role, organ=organ)
        for organ in ground.organs
        for role in _ANSWERING
    )
    for post in posts:
        ground.staff.setdefault(post.organ_id or 0, {})[post.role] = post


def _readers(ground: Ground, *, committee: Organ) -> None:
    people = _people([str(role) for role in READERS], password=make_password(PASSWORD))
    posts = [
        _post(person, ground, role, organ=committee if role == Role.COMMITTEE else None)
        for person, role in zip(people, READERS, strict=True)
    ]
    ground.readers = {post.role: post for post in Post.objects.bulk_create(posts)}
