"""Every key of a pack, as the dataclasses of ``model`` declare it."""

from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from huiyin.rulebook.model import CountedFrom, Rulebook, StartEvent


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a pack, with its type and what it counts from.

    ``start`` is a ``StartEvent``, or the key that names one; empty for anything but a period.
    """

    key: str
    group: str  # attribute of Rulebook
    name: str  # attribute of the group
    type: Any
    start: StartEvent | str
    among: tuple[object, ...]


GROUPS: dict[str, type] = {
    name: kind
    for name, kind in get_type_hints(Rulebook).items()
    if name not in ("pack", "title", "on", "citations")
}


def _parameter(group: str, name: str, declared: Any) -> Parameter:
    section = group.rstrip("_")
    start: StartEvent | str = ""
    among: tuple[object, ...] = ()
    for mark in getattr(declared, "__metadata__", ()):
        if isinstance(mark, CountedFrom):
            fixed = isinstance(mark.start, StartEvent)
            start = mark.start if fixed else f"{section}.{mark.start}"
        else:
            among = mark.values
    kind = get_args(declared)[0] if get_origin(declared) is Annotated else declared
    return Parameter(f"{section}.{name}", group, name, kind, start, among)


PARAMETERS: dict[str, Parameter] = {
    each.key: each
    for each in (
        _parameter(group, name, declared)
        for group, kind in GROUPS.items()
        for name, declared in get_type_hints(kind, include_extras=True).items()
    )
}
