"""What has been counted, kept in the memory of the process until anything happens.

Numbers are kept, never words or pages: two readers in two languages read the same ones. A number
is found again only under the very state of the congress it was counted in (``basis_of``), so
there is nothing to be thrown away when something happens: it is not found any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache import cache

from huiyin.accounts.actor import Actor
from huiyin.kernel.canonical import digest
from huiyin.suggestions.selectors import basis_of

T = TypeVar("T")
# Seconds. Only against filling up.
LONGEST = 3600


def kept(what: str, *parts: Any, actor: Actor, make: Callable[[], T]) -> T:
    """What ``make`` returns for this actor's post. ``parts`` are what else it depends on."""
    mark = digest("suggestions.kept", what, actor.post_key, basis_of(actor.congress), *parts)
    return cast("T", cache.get_or_set(mark, make, LONGEST))
