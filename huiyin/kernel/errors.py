"""What can go wrong, once: one tree of errors for pages, API and command line.

Each error says what happened (the message), what to do (the remedy) and, for a form, which
field it belongs to. ``status`` is its HTTP answer and ``code`` its name in the API.

::

    DomainError
    ├── Invalid        422  what was typed does not fit; ``fields`` says where
    ├── NotPermitted   403  this reader may not take this step
    ├── NotFound       404  it does not exist, or this reader may not know that it does
    ├── Conflict       409  the case is not where the step begins
    │   └── Stale      409  somebody else has changed the case since the page was read
    ├── TooLarge       413  the file or text is over the limit
    ├── Throttled      429  too many tries; wait
    └── Unavailable    503  something this step needs does not answer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise

Words = str | Promise


class DomainError(Exception):
    """A refusal in the reader's words. Nothing has been changed when it is raised."""

    status = 400
    code = "error"

    def __init__(
        self,
        message: Words,
        *,
        remedy: Words = "",
        fields: Mapping[str, Sequence[Words]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.fields: dict[str, list[Words]] = {
            name: list(said) for name, said in (fields or {}).items()
        }

    def __str__(self) -> str:
        return str(self.message)


class Invalid(DomainError):
    status, code = 422, "invalid"


class NotPermitted(DomainError):
    status, code = 403, "not_permitted"


class NotFound(DomainError):
    status, code = 404, "not_found"


class Conflict(DomainError):
    status, code = 409, "conflict"


class Stale(Conflict):
    code = "stale"


class TooLarge(DomainError):
    status, code = 413, "too_large"


class Throttled(DomainError):
    status, code = 429, "throttled"


class Unavailable(DomainError):
    status, code = 503, "unavailable"
