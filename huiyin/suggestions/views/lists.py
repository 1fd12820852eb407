"""The list of suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.suggestions.facets import near_days
from huiyin.suggestions.tables import list_for, rows_for
from huiyin.ui.lists import Context, respond

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

BEGIN = (Role.DEPUTY, Role.CLERK)


@require_safe
def suggestions(request: ActorRequest) -> HttpResponseBase:
    """What the reader may see, as the address asks for it; also its exports and print."""
    actor = request.actor
    context = Context(actor=actor, today=request.today, request=request)
    extra = {"can_begin": actor.role in BEGIN and actor.post.is_usable(on=request.today)}
    near = near_days(actor, context)
    spec = list_for(actor, asked=request.GET, today=request.today, threshold=near)
    return respond(request, spec, rows_for(actor), template="suggestions/list.html", extra=extra)
