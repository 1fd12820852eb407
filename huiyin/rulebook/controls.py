"""What a form has to know to ask for the value of a parameter."""

from collections.abc import Mapping
from enum import StrEnum
from typing import get_args, get_origin

from huiyin.rulebook import values
from huiyin.rulebook.model import MonthDay, Period
from huiyin.rulebook.parameters import Parameter


class Control(StrEnum):
    """By what a value is asked for."""

    PERIOD = "period"  # a number and its unit
    YES_NO = "yes_no"
    NUMBER = "number"
    MONTH_DAY = "month_day"
    ONE = "one"  # of ``choices``
    SEVERAL = "several"  # of ``choices``


_PLAIN = {
    Period: Control.PERIOD,
    bool: Control.YES_NO,
    int: Control.NUMBER,
    MonthDay: Control.MONTH_DAY,
}


def control(parameter: Parameter) -> Control:
    """By what the value of ``parameter`` is asked for."""
    kind, _optional = values.plain_type(parameter.type)
    if get_origin(kind) is tuple:
        return Control.SEVERAL
    return _PLAIN.get(kind, Control.ONE)


def optional(parameter: Parameter) -> bool:
    """Whether the rules may leave ``parameter`` open."""
    return values.plain_type(parameter.type)[1]


def choices(parameter: Parameter) -> Mapping[str, object]:
    """What may be chosen, as it is written → the value; empty unless there is a choice."""
    kind, _optional = values.plain_type(parameter.type)
    if control(parameter) is Control.SEVERAL:
        return values.named(get_args(kind)[0])
    if control(parameter) is not Control.ONE:
        return {}
    among = parameter.among
    return {
        written: value
        for written, value in values.named(kind).items()
        if not among or value in among
    }
