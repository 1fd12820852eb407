"""What a report is counted from: one session, one day, one reader; for an organ its own part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from huiyin.accounts.actor import Actor
from huiyin.organisations.models import Organ, Session
from huiyin.organisations.selectors import rulebook_for
from huiyin.promises import figures as promises
from huiyin.reporting.counting import LEADING, Counted, count
from huiyin.reporting.figures import FIGURES
from huiyin.reporting.models import EarlierFigure, Report, ReportIssue, ReportKind
from huiyin.reporting.reports.composed import Composed, Figure
from huiyin.reporting.standpoint import Standpoint, standpoint
from huiyin.reporting.statistics.dimensions import DIMENSIONS
from huiyin.rulebook import OutcomeClass, Rulebook, percent
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.selectors import RECEIVED, visible_to
from huiyin.suggestions.stages import CHARGED
from huiyin.supervision.models import (
    Counterpart,
    KeyTopic,
    Publicity,
    SupervisionAct,
    TopicLeader,
    TopicStep,
)
from huiyin.supervision.records import publicity_for
from huiyin.supervision.stages import NAMED, PublicityKind
from huiyin.supervision.supervising import acts_for
from huiyin.supervision.topics import topics_for


@dataclass(kw_only=True)
class Material:
    """Everything is counted once, when it is first asked for."""

    actor: Actor
    session: Session
    as_of: date
    known: int | None = None
    organ: Organ | None = None
    theme: str = ""
    _organs: dict[str, Organ] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return (self.session.opens_on or self.as_of).year

    @cached_property
    def here(self) -> Standpoint:
        """From where it looks: the rows as they stood on the day."""
        return standpoint(
            actor=self.actor, session=self.session, as_of=self.as_of, known=self.known
        )

    @property
    def line(self) -> int:
        """The last line of the record that was looked at."""
        return self.here.line

    @property
    def end(self) -> datetime:
        """What was put on record from this moment on was not known on the day."""
        return self.here.end

    @property
    def is_past(self) -> bool:
        """Whether anything has happened since the day: what is counted live is no longer of it."""
        return self.here.picture is not None

    @cached_property
    def rules(self) -> Rulebook:
        on = self.session.opens_on or self.as_of
        return rulebook_for(congress=self.actor.congress, session=self.session, on=on)

    @cached_property
    def counted(self) -> Counted:
        """The numbered figures; in an organ's report those of what it leads."""
        if self.organ is None:
            return count(
                actor=self.actor,
                session=self.session,
                as_of=self.as_of,
                rules=self.rules,
                known=self.known,
            )
        numbers = self.rows.aggregate(
            **{
                code: Count("pk", filter=each.seen_from(self.here))
                for code, each in FIGURES.items()
            }
        )
        return Counted(
            session=self.session,
            as_of=self.as_of,
            known=self.line,
            numbers=numbers,
            rules=self.rules,
        )

    @property
    def rows(self) -> QuerySet[Any]:
        """What it is counted from, as it stood."""
        seen = self.here.cases
        return seen.filter(self.handled_by([self.organ], leading=True)) if self.organ else seen

    @property
    def received(self) -> QuerySet[Any]:
        """All of the session as they stood, whoever leads them."""
        return self.here.cases.filter(RECEIVED)

    @property
    def received_now(self) -> QuerySet[Suggestion]:
        """The same as they lie before us, for what no picture of a past day holds."""
        return visible_to(self.actor).filter(RECEIVED, session=self.session)

    @property
    def parts(self) -> QuerySet[Any]:
        """The parts of organs in what was received, as they stood."""
        seen = self.received.values(self.here.pk)
        return self.here.parts.filter(CHARGED, suggestion__in=seen)

    def handled_by(self, organs: Iterable[Organ], *, leading: bool = False) -> Q:
        """Handled, or led, by one of these organs in any round; each suggestion once."""
        charged = self.here.parts.filter(CHARGED, organ__in=list(organs))
        own = charged.filter(role__in=LEADING) if leading else charged
        return self.here.among(own.values("suggestion"))

    def by_group(self, key: str, conditions: Mapping[str, Q]) -> dict[str, dict[str, int]]:
        """How many of those received meet each condition, in each group of a dimension."""
        return DIMENSIONS[key].counts(self.here, self.received, conditions)

    def names(self, key: str, groups: Iterable[str]) -> dict[str, str]:
        """What groups of a dimension were called on the day."""
        named = DIMENSIONS[key].names(self.here, groups)
        return {group: str(name) for group, name in named.items()}

    def organs_named(self, names: str) -> list[Organ]:
        """The organs of names joined by +, short or whole; an unknown one names none."""
        asked = names.split("+")
        if missing := [name for name in asked if name not in self._organs]:
            own = Organ.objects.filter(congress=self.actor.congress_id)
            for organ in own.filter(Q(name__in=missing) | Q(short_name__in=missing)):
                self._organs |= {organ.name: organ, organ.short_name or organ.name: organ}
        return [self._organs[name] for name in asked if name in self._organs]

    @property
    def classes(self) -> list[OutcomeClass]:
        return list(self.rules.classes.scheme.classes)

    def percent(self, parts: int, *, of: int) -> Decimal | None:
        """With the rounding the rulebook declares; None without a base."""
        said = self.rules.percent
        return percent(parts, base=of, decimals=said.decimals, rounding=said.rounding)

    # --- What the congress did about them

    @property
    def begins(self) -> date:
        """From when the year's supervision is counted."""
        return date(self.year, 1, 1)

    @cached_property
    def topics(self) -> list[Any]:
        """The key topics decided until the day, each with the number of its suggestions."""
        decided = self.here.facts(
            TopicStep.objects.filter(topic=OuterRef("pk"), name="decide", on__lte=self.as_of)
        )
        known: Any = topics_for(self.actor)
        rows = known.filter(Exists(decided), year=self.year, stage__in=NAMED)
        return list(rows.annotate(case_count=Count("cases")).order_by("pk"))

    def leaders_of(self, topic: KeyTopic) -> list[TopicLeader]:
        """The leaders that the latest naming until the day holds."""
        steps = self.here.facts(topic.steps.filter(name="name_leaders"))
        named = steps.order_by("-pk").first()
        return list(named.leaders.all()) if named else []

    @property
    def followed(self) -> QuerySet[Any]:
        """Those received that some committee follows, with its name (对口督办)."""
        latest = self.here.facts(Counterpart.objects.filter(organ=OuterRef("lead_organ")))
        named = latest.order_by("-pk").values("committee__name")[:1]
        rows: QuerySet[Any] = self.received.annotate(committee_name=Subquery(named))
        return rows.filter(committee_name__isnull=False)

    @property
    def acts(self) -> QuerySet[SupervisionAct]:
        return acts_for(self.actor).filter(
            held_on__range=(self.begins, self.as_of), at__lt=self.end
        )

    @property
    def publicity(self) -> QuerySet[Publicity]:
        return publicity_for(self.actor).filter(
            on__range=(self.begins, self.as_of), at__lt=self.end
        )

    @cached_property
    def media(self) -> list[tuple[str, int]]:
        """How many articles each medium brought, most first."""
        rows: Any = self.publicity.filter(kind=PublicityKind.ARTICLE).order_by()
        counted = rows.values("medium").annotate(n=Count("pk")).order_by("-n", "medium")
        return [(row["medium"], row["n"]) for row in counted]

    @cached_property
    def promises(self) -> dict[str, promises.Counted]:
        """Promises by the year they were made in, as they stood."""
        if self.is_past:
            known = self.here.facts
            lines = promises.by_year_as_known(self.actor, on=self.as_of, known=known)
        else:
            lines = promises.by_year(self.actor, on=self.as_of)
        return {str(line.label): line for line in lines}

    # --- Years not in the system

    @cached_property
    def earlier(self) -> dict[tuple[str, int], EarlierFigure]:
        """What was entered, the latest of each code and year."""
        if self.organ is not None:
            return {}
        rows = EarlierFigure.objects.filter(congress=self.actor.congress_id).order_by("pk")
        return {(row.code, row.year): row for row in rows}

    @cached_property
    def issued(self) -> dict[tuple[str, int], tuple[Figure, Report]]:
        """What the yearly reports of the two years before printed, as they were issued."""
        if self.organ is not None:
            return {}
        rows = ReportIssue.objects.filter(
            report__congress=self.actor.congress_id,
            report__kind=ReportKind.YEARLY,
            report__session__opens_on__year__in=(self.year - 1, self.year - 2),
        )
        return {
            (figure.code, row.report.session.opens_on.year): (figure, row.report)
            for row in rows.select_related("report__session").order_by("pk")
            if row.report.session.opens_on
            for figure in Composed.of(row.said).figures
            if figure.value
        }
