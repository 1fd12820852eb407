"""Sign-in by one click, for the demo alone: nowhere else does this address exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from huiyin.accounts import doorway, offering, services, sessions
from huiyin.accounts.access import public


@public
@require_POST
def demo_sign_in(request: Any) -> HttpResponse:
    """Enter in one of the posts the sign-in page offers."""
    if not settings.HUIYIN_DEMO:
        raise Http404
    offered = {card.post.key: card.post for card in offering.cards(on=request.today)}
    post = offered.get(request.POST.get("post", ""))
    if post is None:
        raise Http404
    services.let_in(request, person=post.person, at=request.now, via="demo")
    request.session[sessions.POST_IN_USE] = post.key
    return doorway.lead_on(request, post.person)
