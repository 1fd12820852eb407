"""A form that acts once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from huiyin.accounts.access import ActorRequest
from huiyin.kernel.errors import DomainError, Invalid, NotPermitted
from huiyin.ledger.services import once


class Unfit(Exception):
    """The form does not fit; its complaints stand beside its fields."""


def sent(request: ActorRequest, action: str, do: Callable[[], str], *, form: Any) -> str | int:
    """Run it once. Return what it came to, or the status of what stands against it.

    What stands against it is written into the form. Raises ``NotPermitted``.
    """
    key = request.POST.get("once", "")
    try:
        return once(key=key, actor=request.actor, action=action, at=request.now, do=do)[0]
    except Unfit:
        return int(HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotPermitted:
        raise
    except Invalid as refused:
        form.is_valid()
        form.refuse(refused)
        return refused.status
    except DomainError as refused:
        form.is_valid()
        form.add_error(None, f"{refused} {refused.remedy}".strip())
        return refused.status
