"""What several pages say alike: where one is, and how a refusal is told."""

from __future__ import annotations

from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError
from huiyin.ui.parts import Step

UNSEEN = ("csrfmiddlewaretoken", "once", "act", "revision")

TEXT_STEP, TOGETHER_STEP, SUBMIT_STEP = range(3)


def stepper(here: int) -> list[Step]:
    """The three pages a suggestion is made on."""
    labels = (_("Write"), _("Co-signers and attachments"), _("Preview and submit"))
    return [
        Step(label=label, state="now" if at == here else "done" if at < here else "later")
        for at, label in enumerate(labels)
    ]


def refused_in_json(error: DomainError) -> JsonResponse:
    """A refusal for a script, in words it can show as they are."""
    said = " ".join(filter(None, (str(error), str(error.remedy))))
    body = {"code": error.code, "message": said}
    return JsonResponse(body, status=error.status, json_dumps_params={"ensure_ascii": False})


def kept(posted: QueryDict, *, revision: int) -> list[tuple[str, str]]:
    """What has to be sent again to save the typed text over the saved one."""
    fields = [
        (name, str(value))
        for name in posted
        if name not in UNSEEN
        for value in posted.getlist(name)
    ]
    return [*fields, ("revision", str(revision))]
