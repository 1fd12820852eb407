"""Asked for a list as a file: it is there at once, or the way leads to the page that waits."""

from __future__ import annotations

import logging
import threading
from io import BytesIO

from django.db import connection
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiyin.accounts.actor import Actor
from huiyin.documents import workbooks
from huiyin.kernel.errors import Conflict, DomainError
from huiyin.kernel.ids import new_key
from huiyin.ui.exports import shelf
from huiyin.ui.exports.making import Taking
from huiyin.ui.exports.shelf import Export
from huiyin.ui.lists import counts
from huiyin.ui.lists.address import BadAddress
from huiyin.ui.lists.page import ListPage
from huiyin.ui.lists.spec import COUNTED_TO

logger = logging.getLogger(__name__)

TYPES = {"xlsx": workbooks.XLSX_TYPE, "csv": workbooks.CSV_TYPE}
# So many rows are there before a second page could be shown.
AT_ONCE = COUNTED_TO
MOST_OF_ONE = 2
# How many rows are written between two words on how far it is.
_STEP = 2000
_WAIT = 5.0
# Two at once would take twice as long each, and the pages of everybody else longer still.
_turn = threading.Lock()


def take(page: ListPage, *, kind: str) -> HttpResponseBase:
    """The file itself when the list is short, or the way to the page of one that is written."""
    request = page.context.request
    if kind not in TYPES:
        raise BadAddress(_("Lists are exported as xlsx or csv."))
    if request.method == "HEAD":
        return HttpResponse(content_type=TYPES[kind])
    actor = page.context.actor
    taking = Taking.of(page, kind=kind, actor=actor, at=getattr(request, "now", None))
    if actor is None or counts.bounded(page.filtered) <= AT_ONCE:
        return _at_once(taking)
    export = _running(actor, page.with_export(kind)) or _begin(actor, taking, page)
    return redirect("ui:export", export.key)


def answer(export: Export) -> FileResponse:
    """The finished file."""
    return _sent(FileResponse(export.file.open("rb"), content_type=TYPES[export.kind]), export.name)


def _at_once(taking: Taking) -> FileResponse:
    file = BytesIO()
    rows = taking.write(file)
    taking.record(key=new_key(), rows=rows)
    file.seek(0)
    return _sent(FileResponse(file, content_type=TYPES[taking.kind]), taking.name)


def _sent(response: FileResponse, name: str) -> FileResponse:
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _running(actor: Actor, url: str) -> Export | None:
    """The same list, asked for again while it is written. Raises ``Conflict`` for one too many."""
    running = [each for each in shelf.owned(actor) if each.is_running]
    same = [each for each in running if each.url == url]
    if not same and len(running) >= MOST_OF_ONE:
        raise Conflict(
            _("%(most)s of your exports are still being written.") % {"most": MOST_OF_ONE},
            remedy=_("Wait until one is there, then ask again."),
        )
    return same[0] if same else None


def _begin(actor: Actor, taking: Taking, page: ListPage) -> Export:
    shelf.forget_old()
    assert taking.at is not None  # noqa: S101 - the middleware sets it with the actor
    export = Export(
        key=new_key(),
        person_key=actor.person_key,
        post_key=actor.post_key,
        title=taking.title,
        name=taking.name,
        url=page.with_export(taking.kind),
        list_url=page.first_url,
        at=taking.at.isoformat(),
    ).say()
    _beside(export, taking, language=get_language() or "zh-hans")
    return export


def _beside(export: Export, taking: Taking, *, language: str) -> None:
    name = f"export {export.key}"
    threading.Thread(target=_alone, args=(export, taking, language), name=name).start()


def _alone(export: Export, taking: Taking, language: str) -> None:
    try:
        while not _turn.acquire(timeout=_WAIT):
            export.say()
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    # Pages of the file read through the map count as memory of this process.
                    cursor.execute("PRAGMA mmap_size=0")
            carry_out(export, taking, language=language)
        finally:
            _turn.release()
    finally:
        connection.close()


def carry_out(export: Export, taking: Taking, *, language: str) -> None:
    """Write the file and put it on record; whatever stops it is said on its page."""
    with override(language):
        try:
            whole = taking.rows.order_by().count()

            def said(done: int) -> None:
                if done % _STEP == 0:
                    export.say(done=done, whole=whole)

            export.say(whole=whole)
            rows = taking.write(export.file, said=said)
            taking.record(key=export.key, rows=rows)
            export.say(done=rows, whole=rows, finished=True)
        except DomainError as refused:
            export.say(trouble=f"{refused} {refused.remedy}".strip())
        except OSError as failed:
            logger.exception("export %s was not written", export.key)
            trouble = _("The disk could not be written: %(why)s.") % {"why": failed.strerror}
            export.say(trouble=trouble)
        except Exception:
            logger.exception("export %s was not written", export.key)
            export.say(trouble=_("A fault on our side; nothing has been changed."))
