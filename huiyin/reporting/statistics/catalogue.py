"""Every statistic there is, by its number.

A number and its version mean one thing for good. What counts something else gets another number,
and its words say the base: 「基数变，名称变」.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import Role
from huiyin.kernel.errors import Words
from huiyin.promises.stages import RUNNING, PromiseStage
from huiyin.reporting.figures import FIGURES, RATES, Figure, Rate
from huiyin.reporting.statistics import facts
from huiyin.suggestions.models import Kind
from huiyin.suggestions.models.texts import FormedBy, PublishScope
from huiyin.suggestions.stages import Stage
from huiyin.supervision.rules import OVERSEERS

# Contacts are between the organs and the deputies; the electing unit is told of none.
_NOT_THE_ELECTING_UNIT = frozenset(Role.values) - {Role.ELECTING_LIAISON.value}
_OF_RECEIVED = _("of those received")
_OF_DISSATISFIED = _("of those not satisfied in the first round")


def _received(
    code: str,
    label: Words,
    found: facts.Facts,
    *,
    base: Words = _OF_RECEIVED,
    roles: frozenset[str] | None = None,
) -> Figure:
    return Figure(
        code=code, label=label, base=base, population="received", facts=found, roles=roles
    )


def _dissatisfied(code: str, label: Words, where: Q) -> Figure:
    return Figure(
        code=code, label=label, base=_OF_DISSATISFIED, population="dissatisfied_first", where=where
    )


_AGAIN = Q(round__gt=1)
_RERATED = _AGAIN & ~Q(attitude="", result="")

_RAISING = (
    _received("R004", _("Raised by one deputy"), facts.alone),
    _received("R005", _("Raised jointly"), facts.jointly),
    _received("R006", _("Raised by a whole delegation"), facts.by_delegation),
    Figure(
        code="R007",
        label=_("Motions turned into suggestions"),
        base=_OF_RECEIVED,
        population="received",
        where=Q(kind=Kind.MOTION),
    ),
    Figure(
        code="R009",
        label=_("Withdrawn after registration"),
        base=_("registered and withdrawn since; not among those received"),
        population="withdrawn",
    ),
)
_TIMELINESS = (
    Figure(
        code="R016",
        label=_("Late by delivery, in time by the letter"),
        base=_("of those answered late in the first round, the letter bearing a day in time"),
        population="answered_late",
        facts=facts.back_dated,
    ),
    Figure(
        code="R017",
        label=_("Overdue and not answered"),
        base=_("of those received, in handling on the day and due before it, in whatever round"),
        population="received",
        facts=facts.overdue,
    ),
)
_DISSATISFIED = (
    _dissatisfied(
        "R043", _("Then satisfied with the result"), _RERATED & Q(result__in=("VS", "S"))
    ),
    _dissatisfied("R044", _("Then basically satisfied with the result"), _RERATED & Q(result="BS")),
    _dissatisfied("R045", _("Again not satisfied with the result"), _RERATED & Q(result="NS")),
    _dissatisfied("R046", _("Not handled again"), Q(round=1)),
    _dissatisfied("R047", _("Being handled again"), _AGAIN & Q(stage=Stage.IN_HANDLING)),
    _dissatisfied(
        "R048",
        _("Answered again and not rated"),
        _AGAIN & ~Q(stage=Stage.IN_HANDLING) & Q(attitude="", result=""),
    ),
)
_HANDLING = (
    _received(
        "R060",
        _("With a contact on record"),
        facts.contacted,
        base=_("of those received, any contact recorded by an organ, whatever the deputy says"),
        roles=_NOT_THE_ELECTING_UNIT,
    ),
    _received(
        "R061",
        _("With a contact face to face"),
        facts.met,
        base=_("of those received, a visit, a meeting or a contact on site is on record"),
        roles=_NOT_THE_ELECTING_UNIT,
    ),
    _received("R062", _("Co-handled"), facts.co_handled),
    _received("R063", _("Handled separately by several organs"), facts.separately),
    _received("R064", _("Wide and difficult, with the longer limit"), facts.wide),
    _received("R065", _("With an extension"), facts.extended),
    _received("R066", _("Handled together with others"), facts.merged),
)
_OVERSEEN = (
    _received("R070", _("In a key topic"), facts.key_topic, roles=OVERSEERS),
    _received("R071", _("Supervised"), facts.supervised, roles=OVERSEERS),
    _received(
        "R072",
        _("With an organ urged"),
        facts.urged,
        base=_("of those received; one suggestion once, however often its organs were urged"),
        roles=OVERSEERS,
    ),
    _received(
        "R073",
        _("Asked to be returned"),
        facts.return_asked,
        base=_("of those received; one suggestion once, however often it was asked"),
        roles=OVERSEERS,
    ),
    _received("R074", _("Given to another organ"), facts.reassigned, roles=OVERSEERS),
    _received(
        "R075",
        _("Without an undisputed owner"),
        facts.ownerless,
        base=_("of those received, the charge is disputed on the day"),
        roles=OVERSEERS,
    ),
)
_PROMISES = (
    _received("R080", _("With a promise"), facts.promised),
    _received(
        "R081",
        _("With a promise not yet fulfilled"),
        facts.promise_stands(*sorted(RUNNING)),
        base=_("of those with a promise, at least one not struck off and not released"),
    ),
    _received(
        "R082",
        _("With a promise struck off"),
        facts.promise_stands(PromiseStage.CONFIRMED),
        base=_("of those with a promise, at least one struck off by deputy or congress office"),
    ),
    _received(
        "R083",
        _("With a promise released, not fulfilled"),
        facts.promise_stands(PromiseStage.RELEASED),
        base=_("of those with a promise, at least one released"),
    ),
)
_BY_ITS_TEXT = _("of those received, by the deputy's word; several ways may be named")
_TEXTS = (
    _received(
        "R090",
        _("Raised in earlier years too"),
        facts.raised_before,
        base=_("of those received, by the deputy's own word"),
    ),
    *(
        _received(f"R09{place}", way.label, facts.formed_by(way), base=_BY_ITS_TEXT)
        for place, way in enumerate(FormedBy, start=1)
    ),
    *(
        _received(
            f"R09{place}",
            scope.label,
            facts.to_publish(scope),
            base=_("of those received, what the deputy agrees to; not what is published"),
        )
        for place, scope in enumerate(PublishScope, start=6)
    ),
)

_COUNTS = (
    *FIGURES.values(),
    *(*_RAISING, *_TIMELINESS, *_DISSATISFIED, *_HANDLING),
    *(*_OVERSEEN, *_PROMISES, *_TEXTS),
)
# In the order of their numbers; those of a class or a grade, which have none, come after.
STATISTICS: dict[str, Figure] = {
    each.code: each
    for each in sorted(_COUNTS, key=lambda each: each.code if each.code[0] == "R" else "S")
}

_SATISFIED, _BASICALLY = ("VS", "S"), ("VS", "S", "BS")
_FED_BACK = _("of those fed back; those not rated left out")
_FED_BACK_OR_NOT = _(
    "of those asked for feedback; those not rated are in the base and never satisfied"
)
_RATED_FIRST = _("of those rated in the first round, whatever came later")


def _satisfied(code: str, dimension: str, of: str, *, basically: bool) -> Rate:
    words = {
        ("attitude", False): _("Satisfied with the attitude"),
        ("attitude", True): _("Satisfied with the attitude, basically satisfied included"),
        ("result", False): _("Satisfied with the result"),
        ("result", True): _("Satisfied with the result, basically satisfied included"),
        ("first_attitude", False): _("Satisfied with the attitude, first round"),
        ("first_attitude", True): _(
            "Satisfied with the attitude, first round, basically satisfied included"
        ),
        ("first_result", False): _("Satisfied with the result, first round"),
        ("first_result", True): _(
            "Satisfied with the result, first round, basically satisfied included"
        ),
    }
    return Rate(
        code=code,
        label=words[dimension, basically],
        parts=tuple(f"{dimension}_{each}" for each in (_BASICALLY if basically else _SATISFIED)),
        of=of,
        base={"R031": _FED_BACK, "R030": _FED_BACK_OR_NOT, "R050": _RATED_FIRST}[of],
    )


def _share(code: str, part: str, of: str, base: Words) -> Rate:
    return Rate(code=code, label=STATISTICS[part].label, parts=(part,), of=of, base=base)


_SHARES = (
    *RATES.values(),
    _share("R105", "R005", "R001", _OF_RECEIVED),
    _share("R111", "R011", "R002", _("of those received during the session")),
    _share("R112", "R012", "R003", _("of those received between sessions")),
    _share("R115", "R015", "R010", _("of those answered")),
    _share("R117", "R017", "R001", _OF_RECEIVED),
    _share("R132", "R032", "R030", _("of those asked for feedback")),
    _satisfied("R136", "result", "R031", basically=True),
    _satisfied("R137", "result", "R030", basically=False),
    _satisfied("R138", "result", "R030", basically=True),
    _satisfied("R146", "attitude", "R031", basically=True),
    _satisfied("R147", "attitude", "R030", basically=False),
    _satisfied("R148", "attitude", "R030", basically=True),
    _share("R141", "R041", "R040", _OF_DISSATISFIED),
    _satisfied("R151", "first_result", "R050", basically=False),
    _satisfied("R152", "first_result", "R050", basically=True),
    _satisfied("R153", "first_attitude", "R050", basically=False),
    _satisfied("R154", "first_attitude", "R050", basically=True),
    _share("R160", "R060", "R001", _OF_RECEIVED),
    _share("R161", "R061", "R001", _OF_RECEIVED),
    _share("R162", "R062", "R001", _OF_RECEIVED),
    _share("R170", "R070", "R001", _OF_RECEIVED),
    _share("R180", "R080", "R010", _("of those answered")),
    _share("R182", "R082", "R080", _("of those with a promise")),
    _share("R190", "R090", "R001", _OF_RECEIVED),
)
ALL_RATES: dict[str, Rate] = {
    rate.code: rate for rate in sorted(_SHARES, key=lambda rate: rate.code)
}


def open_to(role: str) -> list[str]:
    """The numbers of the statistics a post of this role may ask for, in their order."""
    return [code for code, figure in STATISTICS.items() if figure.is_for(role)]


def rates_for(role: str) -> list[Rate]:
    """The rates all of whose numbers he may ask for."""
    open_ = set(open_to(role))
    return [rate for rate in ALL_RATES.values() if open_.issuperset((*rate.parts, rate.of))]
