"""The steps before assignment: the congress office and those it asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Invalid, Words
from huiyin.suggestions import services
from huiyin.suggestions.forms import review as forms
from huiyin.suggestions.forms.step import StepForm
from huiyin.suggestions.models.acts import Table
from huiyin.suggestions.scene import Scene
from huiyin.suggestions.steps.step import Step


def _ask(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.AskReviewForm):
        part, organ = form.part
        services.ask_review(case=scene.case, actor=scene.actor, at=scene.at, part=part, organ=organ)


def _verdict(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.give_verdict(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        opinion=said["opinion"],
        reason_code=said["reason_code"],
        note=said["note"],
    )


def _register(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.register(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        category=said["category"],
        number=said["number"].strip() or None,
    )


def _after_register(scene: Scene) -> Words:
    number = forms.next_number(scene.case)
    return _("It becomes No. %(number)s of this session and waits to be assigned.") % {
        "number": number
    }


def _return(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.return_for_revision(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        reason_code=said["reason_code"],
        why=said["reason"],
    )


def _refuse(scene: Scene, form: StepForm) -> None:
    said = form.cleaned_data
    services.refuse(
        case=scene.case,
        actor=scene.actor,
        at=scene.at,
        reason_code=said["reason_code"],
        why=said["reason"],
    )


def _propose(scene: Scene, form: StepForm) -> None:
    if isinstance(form, forms.WordingForm):
        said = form.cleaned_data
        services.propose_wording(
            case=scene.case,
            actor=scene.actor,
            at=scene.at,
            title=said["title"],
            situation=said["situation"],
            requests=form.paragraphs,
            note=said["note"],
        )


def _reference(scene: Scene, form: StepForm) -> None:
    services.take_as_reference(
        case=scene.case, actor=scene.actor, at=scene.at, why=form.cleaned_data["reason"]
    )


def _merge(scene: Scene, form: StepForm) -> None:
    other = form.cleaned_data.get("other")
    if other is None:
        raise Invalid(_("Choose another suggestion to merge with."))
    services.merge(case=scene.case, other=other, actor=scene.actor, at=scene.at)


def _unmerge(scene: Scene, form: StepForm) -> None:
    services.unmerge(
        case=scene.case, actor=scene.actor, at=scene.at, why=form.cleaned_data["reason"]
    )


REVIEW = (
    Step(
        table=Table.SUGGESTION,
        name="register",
        form=forms.RegisterForm,
        take=_register,
        after=_after_register,
        done=_("Registered. It waits to be assigned."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="give_verdict",
        form=forms.VerdictForm,
        take=_verdict,
        done=_("Your verdict is before the congress office."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="ask_review",
        form=forms.AskReviewForm,
        take=_ask,
        done=_("Asked. Registration waits for the verdict."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="return",
        form=forms.ReasonedForm,
        take=_return,
        done=_("Returned. The deputy has been told what to revise."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="propose_wording",
        form=forms.WordingForm,
        take=_propose,
        page_only=True,
        done=_("Proposed. The deputy accepts it or keeps his own words."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="merge",
        form=forms.MergeForm,
        take=_merge,
        done=_("Merged. Every deputy still gets his own reply."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="unmerge",
        form=forms.WhyForm,
        take=_unmerge,
        after=lambda _scene: _("It goes on alone, as it was."),
        done=_("Taken out of the group."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="take_as_reference",
        form=forms.WhyForm,
        take=_reference,
        danger=True,
        confirm=_("Take it as reference? No written reply follows then."),
        done=_("Taken as reference. The deputy has been told."),
    ),
    Step(
        table=Table.SUGGESTION,
        name="refuse",
        form=forms.RefuseForm,
        take=_refuse,
        danger=True,
        confirm=_("Do not accept it? It ends here and the deputy is told the reason."),
        done=_("Not accepted. The deputy has been told the reason."),
    ),
)
