"""Urging in many suggestions at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.accounts.access import ActorRequest
from huiyin.accounts.models import Role
from huiyin.suggestions import services
from huiyin.suggestions.forms.urging import UrgeManyForm
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.services.assigning import Outcome
from huiyin.suggestions.views.handing import ManyAct, answer_many


def _urge(cases: list[Suggestion], request: ActorRequest, form: Any) -> list[Outcome]:
    return services.urge_many(
        cases=cases,
        actor=request.actor,
        at=request.now,
        demand=form.cleaned_data["reason"],
        answer_by=form.cleaned_data["answer_by"],
    )


URGE = ManyAct(
    name="urge_many",
    title=_("Urge the organs"),
    button=_("Urge"),
    form=UrgeManyForm,
    may=lambda actor: actor.role in (Role.CLERK, Role.GOVERNMENT_CLERK),
    take=_urge,
)


@require_POST
def urge_many(request: ActorRequest) -> HttpResponse:
    return answer_many(request, URGE)
