"""Error pages: what happened, why, what to do, and that nothing was lost.

Answers to programs say the same in JSON. A fault of ours shows only a reference; the trace goes
to the log under the same reference, never to the page.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from huiyin.kernel.errors import DomainError, Words

logger = logging.getLogger(__name__)

# A page that has to work while something is broken asks neither database nor session.
BROKEN = frozenset({500, 503})
SECRET_WORDS = ("password", "secret", "token", "code", "csrf")
KEPT_LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What an error page says."""

    status: int
    code: str
    heading: Words
    message: Words
    remedy: Words
    fields: dict[str, list[Words]] = field(default_factory=dict)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a refusal that no form on the page could show."""
    heading, why, remedy = _plain_words(error.status)
    return answer(
        request,
        Trouble(
            status=error.status,
            code=error.code,
            heading=heading,
            message=str(error) or why,
            remedy=error.remedy or remedy,
            fields=error.fields,
        ),
    )


def answer(request: HttpRequest, trouble: Trouble, *, reference: str = "") -> HttpResponse:
    if wants_json(request):
        return _json(trouble, reference=reference)
    broken = trouble.status in BROKEN
    context = {
        "trouble": trouble,
        "reference": reference,
        "frame": "ui/base.html" if _has_actor(request) and not broken else "ui/public_base.html",
        "back": "" if broken else came_from(request),
        "kept": list(typed_text(request)),
        "nothing_changed": request.method not in ("GET", "HEAD"),
    }
    # Without the request no context processor runs: a 500 must not fail in its own page.
    text = loader.render_to_string("ui/error.html", context, None if broken else request)
    return HttpResponse(text, status=trouble.status)


def wants_json(request: HttpRequest) -> bool:
    """A program says so; a browser's ``*/*`` at the end of its list does not count."""
    preferred = request.headers.get("Accept", "").split(",")[0]
    return preferred.split(";")[0].strip() == "application/json"


def came_from(request: HttpRequest) -> str:
    """The page this reader came from when it is one of ours, else the front page."""
    referer = request.headers.get("Referer", "")
    own = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(referer, own, require_https=request.is_secure())
    return referer if referer and ours else "/"


def typed_text(request: HttpRequest) -> Iterator[str]:
    """What a person wrote in the form that was refused, so that he can copy it out.

    Keys, choices and secrets are left out: words contain a space or a letter beyond ASCII.
    """
    if request.method != "POST":
        return
    try:
        posted = request.POST
    except (SuspiciousOperation, RawPostDataException, OSError):
        return
    room = KEPT_LIMIT
    for name in posted:
        if any(word in name.lower() for word in SECRET_WORDS):
            continue
        for value in posted.getlist(name):
            text = str(value).strip()
            if (" " in text or not text.isascii()) and len(text) <= room:
                room -= len(text)
                yield text


def not_found(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - by this name Django hands it over
) -> HttpResponse:
    """Also for what this reader may not see: the two must not be told apart."""
    heading, message, remedy = _plain_words(404)
    return answer(
        request,
        Trouble(status=404, code="not_found", heading=heading, message=message, remedy=remedy),
    )


def not_permitted(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - by this name Django hands it over
) -> HttpResponse:
    heading, message, remedy = _plain_words(403)
    return answer(
        request,
        Trouble(status=403, code="not_permitted", heading=heading, message=message, remedy=remedy),
    )


def bad_request(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - by this name Django hands it over
) -> HttpResponse:
    heading, message, remedy = _plain_words(400)
    return answer(
        request,
        Trouble(status=400, code="bad_request", heading=heading, message=message, remedy=remedy),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``reason`` is for the log: it helps an attacker more than a reader."""
    logger.warning("form token refused at %s: %s", request.path, reason)
    return answer(
        request,
        Trouble(
            status=403,
            code="form_expired",
            heading=_("This page has been open too long"),
            message=_("The form could not be matched to your sign-in, so it was not accepted."),
            remedy=_("Open the page again, sign in if asked, and send the form once more."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Called inside Django's ``except``: the trace belongs to the reference just made."""
    reference = secrets.token_hex(4).upper()
    logger.exception("fault %s at %s %s", reference, request.method, request.path)
    heading, message, remedy = _plain_words(500)
    return answer(
        request,
        Trouble(status=500, code="fault", heading=heading, message=message, remedy=remedy),
        reference=reference,
    )


def _has_actor(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None


def _json(trouble: Trouble, *, reference: str) -> HttpResponse:
    body: dict[str, object] = {
        "code": trouble.code,
        "message": str(trouble.message),
        "remedy": str(trouble.remedy),
    }
    if trouble.fields:
        body["fields"] = {
            name: [str(said) for said in complaints] for name, complaints in trouble.fields.items()
        }
    if reference:
        body["reference"] = reference
    return JsonResponse(body, status=trouble.status, json_dumps_params={"ensure_ascii": False})


def _plain_words(status: int) -> tuple[str, str, str]:
    """Heading, reason and remedy of each kind of refusal, in the reader's language."""
    table = {
        400: (
            _("This address cannot be read"),
            _("Part of the address is missing or was changed on the way."),
            _("Go back and choose from the page, or open the list without filters."),
        ),
        403: (
            _("This is not yours to do"),
            _("The post you are using has no right to this step."),
            _("If you hold another post, switch to it at the top of the page."),
        ),
        404: (
            _("There is nothing here for you"),
            _("It does not exist, was moved, or is not open to the post you are using."),
            _("Check the address, or look for the case by its number or title."),
        ),
        409: (
            _("The case has moved on"),
            _("Somebody acted on it after you opened the page, so your step no longer fits."),
            _("Open the case again, see where it stands, then decide."),
        ),
        413: (
            _("This is too large"),
            _("The file or text is over the limit."),
            _("Send a smaller file, or split it."),
        ),
        422: (
            _("Something is missing or does not fit"),
            _("The form was not accepted."),
            _("Go back, put right what is named here, and send it again."),
        ),
        429: (
            _("Too many tries in a short time"),
            _("To protect accounts, the system is waiting before it takes the next try."),
            _("Wait a minute, then try again."),
        ),
        503: (
            _("This cannot be done just now"),
            _("A part of the system that this step needs does not answer."),
            _("Try again in a few minutes. If it lasts, call your office's system contact."),
        ),
    }
    fault = (
        _("Something went wrong on our side"),
        _("It is not your doing. The people who run the system can find it by the reference."),
        _("Try again in a few minutes. If it happens again, call them and name the reference."),
    )
    return table.get(status, fault)
