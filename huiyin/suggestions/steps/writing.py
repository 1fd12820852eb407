"""The deputies' steps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiyin.kernel.errors import Invalid, Stale, Words
from huiyin.suggestions import rules, services
from huiyin.suggestions.forms import writing as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table, Via
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.stages import Signing
from huiyin.suggestions.steps.step import Step


def _submit(scene: Scene, form: StepForm) -> None:
    on_paper = rules.is_clerk(scene.actor, scene.case)
    services.submit(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        via=Via.PAPER if on_paper else Via.PAGE,
        on=form.cleaned_data.get("received_on"),
    )


def _after_submit(scene: Scene) -> Words:
    """What is submitted, and that names not yet confirmed are left out."""
    waiting = [each for each in scene.case.signatures_by_post.values() if each == Signing.INVITED]
    said = _("The text is fixed as submitted and goes to the congress office for review.")
    if not waiting:
        return said
    left_out = ngettext(
        "%(n)s deputy has not confirmed yet and will not stand under it.",
        "%(n)s deputies have not confirmed yet and will not stand under it.",
        len(waiting),
    ) % {"n": len(waiting)}
    return f"{said} {left_out}"


def _invite(scene: Scene, form: StepForm) -> None:
    deputy = form.cleaned_data.get("post")
    if deputy is None:
        raise Invalid(_("No deputy of this congress has this name."))
    services.invite(case=scene.case, actor=scene.actor, at=scene.at, deputy=deputy)


def _confirm(scene: Scene, form: StepForm) -> None:
    """The case is locked by then: what is compared is what will be signed."""
    if forms.draft_revision(scene.case) != form.cleaned_data["draft"]:
        raise Stale(
            _("The text was changed after you opened the page."),
            remedy=_("Read it again, then confirm your signature."),
        )
    services.confirm_signature(case=scene.case, actor=scene.actor, at=scene.at)


def _decline(scene: Scene, form: StepForm) -> None:
    why = form.cleaned_data["reason"]
    services.decline_signature(case=scene.case, actor=scene.actor, at=scene.at, why=why)


def _withdraw(scene: Scene, form: StepForm) -> None:
    why = form.cleaned_data["reason"]
    services.withdraw(case=scene.case, actor=scene.actor, at=scene.at, why=why)


def _agree(scene: Scene, _form: StepForm) -> None:
    services.agree_to_withdraw(case=scene.case, actor=scene.actor, at=scene.at)


def _accept(scene: Scene, _form: StepForm) -> None:
    services.accept_wording(case=scene.case, actor=scene.actor, at=scene.at)


def _keep(scene: Scene, form: StepForm) -> None:
    why = form.cleaned_data["reason"]
    services.refuse_wording(case=scene.case, actor=scene.actor, at=scene.at, why=why)


WRITING = (
    Step(
        table=Table.SUGGESTION,
        name="submit",
        form=forms.SubmitForm,
        take=_submit,
        after=_after_submit,
        page_only=True,
        template="suggestions/submit.html",
        done=_("Submitted. The congress office reviews it next; you will be told."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="invite",
        form=forms.InviteForm,
        take=_invite,
        elsewhere="suggestions:together",
        done=_("Asked. The name counts once the deputy has confirmed it."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="confirm_signature",
        form=forms.ConfirmForm,
        minds_others=False,
        take=_confirm,
        done=_("Your name stands under this suggestion."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="decline_signature",
        minds_others=False,
        form=forms.DeclineForm,
        take=_decline,
        after=lambda _scene: _("The lead deputy is told; your name does not stand under it."),
        done=_("You have not signed. The lead deputy has been told."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="accept_wording",
        take=_accept,
        done=_("The proposed wording is now the text of your suggestion."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="refuse_wording",
        form=forms.KeepWordingForm,
        take=_keep,
        after=lambda _scene: _("Your own words stay; the office is told."),
        done=_("Your own words stay as they were."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="agree_to_withdraw",
        minds_others=False,
        take=_agree,
        after=lambda _scene: _("A joint suggestion is withdrawn only when every co-signer agrees."),
        done=_("You have agreed to the withdrawal."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="withdraw",
        form=forms.WithdrawForm,
        take=_withdraw,
        danger=True,
        confirm=_("Withdraw this suggestion? Handling stops and does not begin again."),
        done=_("Withdrawn. Handling has stopped; everything stays on record."),
    ),
)
