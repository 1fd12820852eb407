"""People for a simulation: hired where a congress or an organ has nobody to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.accounts import services as accounts
from huiyin.accounts.actor import Actor
from huiyin.accounts.models import Post, Role, Standing
from huiyin.demo.chance import Chance
from huiyin.demo.material import texts
from huiyin.organisations import services as organisations
from huiyin.organisations.models import Congress, Organ, System
from huiyin.suggestions.models import Category, Suggestion

# What the name of an organ that handles such matters holds.
_SIGNS: dict[str, tuple[str, ...]] = {
    Category.ECONOMY: ("发展改革", "发改"),
    Category.INDUSTRY: ("工业", "经济和信息", "科技"),
    Category.FINANCE: ("财政", "金融"),
    Category.AGRICULTURE: ("农业", "农村"),
    Category.WATER: ("水利", "水务"),
    Category.TRANSPORT: ("交通", "公路"),
    Category.CONSTRUCTION: ("住房", "建设", "城市管理"),
    Category.ENVIRONMENT: ("环境", "环保"),
    Category.LAND: ("林业", "自然资源", "国土"),
    Category.EDUCATION: ("教育",),
    Category.HEALTH: ("卫生", "医疗"),
    Category.CIVIL_AFFAIRS: ("民政",),
    Category.EMPLOYMENT: ("人力资源", "社会保障"),
    Category.COMMERCE: ("商务", "市场监督"),
    Category.CULTURE: ("文化", "旅游", "体育"),
    Category.JUSTICE: ("公安", "司法"),
}


@dataclass(slots=True)
class Staff:
    """Who acts for whom. Everybody is looked up once and hired when there is nobody."""

    seed: str
    hired: int = 0
    _posts: dict[tuple[str, int], Actor] = field(default_factory=dict)

    def forget(self) -> None:
        """Look everybody up again: those last hired may have been taken back."""
        self._posts.clear()

    def of_organ(self, organ: Organ, role: str, *, at: datetime) -> Actor:
        """Return somebody who holds the role in the organ."""
        known = (role, organ.pk)
        if known not in self._posts:
            found = self.present(organ, role)
            self._posts[known] = found or self._hire(
                role, congress=organ.congress, at=at, organ=organ
            )
        return self._posts[known]

    def present(self, organ: Organ, role: str) -> Actor | None:
        """Return somebody who holds the role already, if anybody does."""
        posts = Post.objects.filter(organ=organ, role=role, standing=Standing.ACTIVE)
        post = posts.select_related("person", "congress").order_by("pk").first()
        return Actor.of(post) if post else None

    def clerk(self, congress: Congress, *, at: datetime, role: str = Role.CLERK) -> Actor:
        """Return a clerk of the congress, or of its government office."""
        known = (role, congress.pk)
        if known not in self._posts:
            posts = Post.objects.filter(congress=congress, role=role, standing=Standing.ACTIVE)
            post = posts.select_related("person", "congress").order_by("pk").first()
            self._posts[known] = (
                Actor.of(post) if post else self._hire(role, congress=congress, at=at)
            )
        return self._posts[known]

    def _hire(self, role: str, *, congress: Congress, at: datetime, **place: Any) -> Actor:
        organ = place.get("organ")
        chance = Chance("simulated", congress.name, organ or "", role, seed=self.seed)
        shared: dict[str, Any] = {"actor": None, "at": at, "via": "command"}
        person = accounts.enter_person(name=_name(chance), **shared)
        post = accounts.give_post(
            person=person, role=role, congress=congress, since=at.date(), **place, **shared
        )
        self.hired += 1
        return Actor.of(post)


def _name(chance: Chance) -> str:
    tables = texts("names")
    given = chance.pick([*tables["men"], *tables["women"]])
    # The compound surname stands at the end of the table; only its first letter would be drawn.
    surname = chance.pick(tables["surnames"].removesuffix("欧阳"))
    return f"{surname}{given}"


def plausible_organ(case: Suggestion, *, chance: Chance, clerk: Actor, at: datetime) -> Organ:
    """Return an organ that could handle the case.

    One that led a case of the same category, else one whose name speaks of it, else the
    government; a congress without organs is given its government.
    """
    alike = Suggestion.objects.filter(
        congress=case.congress, category=case.category, lead_organ__isnull=False
    )
    for other in alike.select_related("lead_organ").order_by("pk")[:20]:
        if other.lead_organ and other.lead_organ.exists_on(at.date()):
            return other.lead_organ
    organs = [
        organ
        for organ in Organ.objects.filter(congress=case.congress).order_by("pk")
        if organ.exists_on(at.date()) and organ.system == System.GOVERNMENT
    ]
    signs = _SIGNS.get(case.category, ())
    fit = [organ for organ in organs if any(sign in organ.name for sign in signs)]
    governments = [organ for organ in organs if organ.name.endswith(("人民政府", "政府办公室"))]
    if among := fit or governments:
        return chance.pick(among)
    place = case.congress.name.removesuffix("人民代表大会")
    return organisations.add_organ(
        congress=case.congress,
        name=f"{place}人民政府",
        system=System.GOVERNMENT,
        actor=clerk,
        at=at,
        via="command",
    )
