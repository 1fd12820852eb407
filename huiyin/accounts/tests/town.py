"""The cast of every test: one province, its organs, and the people who work with them.

Everybody is named; nobody is generated. ``town.actor("lin")`` acts as 林, ``town.person`` and
``town.post`` give the rows. Days: the term runs from ``TERM_BEGAN``, the session sat in January
2020, and ``TODAY`` is an ordinary working day after it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.test import Client

from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Person, Post, Role
from huiyin.kernel.clock import ZONE
from huiyin.organisations.models import (
    Congress,
    Delegation,
    Division,
    ElectingUnit,
    InnerDivision,
    Level,
    Organ,
    Session,
    System,
    Term,
)

TERM_BEGAN = date(2018, 1, 25)
TODAY = date(2020, 3, 2)
NOW = datetime(2020, 3, 2, 9, 30, tzinfo=ZONE)
PASSWORD = "a-long-test-phrase"

NAMES = {
    "lin": "林晓岚",
    "zhao": "赵立新",
    "zhou": "周海平",
    "clerk": "陈思源",
    "second_clerk": "吴佩珊",
    "government_clerk": "何建国",
    "edu_liaison": "孙敏",
    "edu_handler": "钱学文",
    "edu_checker": "李慎之",
    "edu_head": "郑育才",
    "fin_liaison": "冯计",
    "fin_handler": "褚明",
    "fin_head": "卫东升",
    "committee": "蒋文华",
    "leader": "沈国栋",
    "electing_liaison": "韩梅",
}


class Town:
    """岳川省, a province that is on no map."""

    def __init__(self) -> None:
        self._found_congress()
        self._seat_delegations()
        self._set_up_organs()
        self.people = self._people()
        self.posts = self._posts()

    def actor(self, who: str) -> Actor:
        return Actor(person=self.people[who], post=self.posts[who])

    def everyone(self) -> dict[str, Actor]:
        return {who: self.actor(who) for who in NAMES}

    def person(self, who: str) -> Person:
        return self.people[who]

    def post(self, who: str) -> Post:
        return self.posts[who]

    def signed_in(self, client: Client, who: str) -> Client:
        """The test client with ``who`` signed in, in the post the town gave."""
        client.force_login(self.people[who])
        return client

    def hire(self, who: str, *, name: str, role: str, **place: Any) -> Actor:
        """Add one more person with one post to the cast."""
        self.people[who] = _person(who, name)
        self.people[who].save()
        place.setdefault("congress", self.congress)
        self.posts[who] = Post.objects.create(
            person=self.people[who], role=role, since=TERM_BEGAN, **place
        )
        return self.actor(who)

    def neighbour(self) -> Congress:
        """A second province with a clerk ``neighbour_clerk`` and an organ of its own."""
        congress = Congress.objects.create(
            slug="linhai", name="临海省人民代表大会", short_name="临海省", level=Level.PROVINCE
        )
        self.neighbour_organ = Organ.objects.create(
            congress=congress, system=System.GOVERNMENT, name="临海省教育厅"
        )
        self.hire("neighbour_clerk", name="杨柳", role=Role.CLERK, congress=congress)
        return congress

    def _found_congress(self) -> None:
        self.division = Division.objects.create(code="900000", name="岳川省", level=Level.PROVINCE)
        self.congress = Congress.objects.create(
            slug="yuechuan",
            name="岳川省人民代表大会",
            short_name="岳川省",
            level=Level.PROVINCE,
            division=self.division,
        )
        self.term = Term.objects.create(
            congress=self.congress, ordinal=13, starts_on=TERM_BEGAN, ends_on=date(2023, 1, 12)
        )
        self.session = Session.objects.create(
            congress=self.congress,
            term=self.term,
            ordinal=3,
            name="岳川省第十三届人民代表大会第三次会议",
            opens_on=date(2020, 1, 13),
            closes_on=date(2020, 1, 17),
        )

    def _seat_delegations(self) -> None:
        self.northern = Delegation.objects.create(
            congress=self.congress, term=self.term, name="岳北代表团", ordering=1
        )
        self.southern = Delegation.objects.create(
            congress=self.congress, term=self.term, name="岳南代表团", ordering=2
        )
        self.electing_unit = ElectingUnit.objects.create(
            congress=self.congress, name="岳北市人民代表大会"
        )

    def _set_up_organs(self) -> None:
        self.education = self._organ("省教育厅", short_name="教育厅")
        self.finance = self._organ("省财政厅", short_name="财政厅")
        self.organisation_department = self._organ(
            "省委组织部", short_name="组织部", system=System.PARTY
        )
        self.government_office = self._organ(
            "省人民政府办公厅", short_name="省政府办公厅", is_government_office=True
        )
        self.congress_office = self._organ(
            "省人大常委会联络工作委员会",
            short_name="联工委",
            system=System.CONGRESS,
            is_congress_office=True,
        )
        self.education_committee = self._organ(
            "省人大教育科学文化卫生委员会",
            short_name="教科文卫委",
            system=System.CONGRESS,
            is_committee=True,
        )
        self.basic_education = InnerDivision.objects.create(organ=self.education, name="基础教育处")

    def _organ(self, name: str, *, system: str = System.GOVERNMENT, **rest: Any) -> Organ:
        return Organ.objects.create(congress=self.congress, system=system, name=name, **rest)

    def _people(self) -> dict[str, Person]:
        people = {who: _person(who, name) for who, name in NAMES.items()}
        Person.objects.bulk_create(people.values())
        return people

    def _posts(self) -> dict[str, Post]:
        north = {"term": self.term, "delegation": self.northern}
        south = {"term": self.term, "delegation": self.southern}
        basic = {"organ": self.education, "inner_division": self.basic_education}
        places: dict[str, tuple[str, dict[str, Any]]] = {
            "lin": (Role.DEPUTY, {**north, "electing_unit": self.electing_unit}),
            "zhao": (Role.DEPUTY, {**north, "electing_unit": self.electing_unit}),
            "zhou": (Role.DEPUTY, south),
            "clerk": (Role.CLERK, {"organ": self.congress_office}),
            "second_clerk": (Role.CLERK, {"organ": self.congress_office}),
            "government_clerk": (Role.GOVERNMENT_CLERK, {"organ": self.government_office}),
            "edu_liaison": (Role.LIAISON, {"organ": self.education}),
            "edu_handler": (Role.HANDLER, basic),
            "edu_checker": (Role.CHECKER, {"organ": self.education}),
            "edu_head": (Role.HEAD, {"organ": self.education}),
            "fin_liaison": (Role.LIAISON, {"organ": self.finance}),
            "fin_handler": (Role.HANDLER, {"organ": self.finance}),
            "fin_head": (Role.HEAD, {"organ": self.finance}),
            "committee": (Role.COMMITTEE, {"organ": self.education_committee}),
            "leader": (Role.LEADER, {}),
            "electing_liaison": (
                Role.ELECTING_LIAISON,
                {"electing_unit": self.electing_unit},
            ),
        }
        posts = {
            who: Post(
                person=self.people[who],
                role=role,
                congress=self.congress,
                since=TERM_BEGAN,
                **place,
            )
            for who, (role, place) in places.items()
        }
        Post.objects.bulk_create(posts.values())
        return posts


def _person(who: str, name: str) -> Person:
    person = Person(login=who, name=name, name_sort=name, email=f"{who}@yuechuan.example")
    # Tests sign in with force_login; hashing sixteen passwords would take longer than the tests.
    person.set_unusable_password()
    return person
