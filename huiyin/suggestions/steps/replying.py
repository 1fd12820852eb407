"""The reply on its way: written, checked, signed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Conflict, Stale, Words
from huiyin.suggestions import services
from huiyin.suggestions.forms import replying as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.services.clearing import clearing_now
from huiyin.suggestions.steps.step import REPLY_PAGE, Step


def require_same_text(scene: Scene, form: StepForm) -> None:
    """Refuse to pass or sign a text that was replaced after the page was shown.

    Asked inside the turn's own transaction, with the case already locked.
    """
    last = scene.file.replies.last() if scene.file.pk else None
    if form.cleaned_data.get("text", "") != (last.key if last else ""):
        raise Stale(
            _("The text of the reply was replaced after you opened the page."),
            remedy=_("Read the new text below, then take the step again."),
        )


def _send(_scene: Scene, _form: StepForm) -> None:
    raise Conflict(
        _("A reply is sent to be checked from the page on which it is written."),
        remedy=_("Open the reply, look it through and send it from there."),
    )


def _pass(scene: Scene, form: StepForm) -> None:
    require_same_text(scene, form)
    services.pass_check(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        note=form.cleaned_data.get("note", ""),
    )


def _after_pass(scene: Scene) -> Words:
    """Who has it next."""
    now = clearing_now(scene.file, at=scene.at)
    following = now.after(now.due)
    return _("It goes to %(level)s, to %(names)s.") % {
        "level": now.said(following),
        "names": now.who(following),
    }


def _send_back(scene: Scene, form: StepForm) -> None:
    require_same_text(scene, form)
    services.send_back(
        assignment=scene.charge,
        actor=scene.actor,
        at=scene.at,
        why=form.cleaned_data["reason"],
    )


def _sign(scene: Scene, form: StepForm) -> None:
    require_same_text(scene, form)
    services.sign(assignment=scene.charge, actor=scene.actor, at=scene.at)


REPLYING = (
    Step(
        table=Table.REPLY,
        name="send_to_check",
        take=_send,
        elsewhere=REPLY_PAGE,
        done=_("Sent to be checked. The text is fixed until somebody sends it back."),
    ),
    Step(
        table=Table.REPLY,
        name="pass_check",
        form=forms.PassForm,
        take=_pass,
        elsewhere=REPLY_PAGE,
        after=_after_pass,
        done=_("Passed. The next level has been told."),
    ),
    Step(
        table=Table.REPLY,
        name="sign",
        form=forms.CheckForm,
        take=_sign,
        elsewhere=REPLY_PAGE,
        done=_("Signed. The liaison officer may deliver it."),
    ),
    Step(
        table=Table.REPLY,
        name="send_back",
        form=forms.SendBackForm,
        take=_send_back,
        elsewhere=REPLY_PAGE,
        done=_("Sent back to be rewritten."),
    ),
)
