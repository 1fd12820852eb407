"""What a class must bring with it, asked for in groups; and the correction of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.errors import Words
from huiyin.rulebook import PROOFS, OutcomeClass, Proof, Rulebook
from huiyin.suggestions.claims import Claim, Ground, faults, latest_day
from huiyin.suggestions.forms.step import DayField, NeededLater, StepForm, WrittenField, why_field
from huiyin.ui.days import plain_day
from huiyin.ui.forms import AskedForm

# Which fields a kind of proof is given in.
ASKED = {
    Proof.EVIDENCE: ("evidence", "source"),
    Proof.THIS_YEAR: ("promised_on",),
    Proof.NEAR_TERM: ("promised_on",),
    Proof.PLAN: ("plan", "promised_on"),
    Proof.GROUND: ("ground",),
}
FIELDS = ("evidence", "source", "plan", "promised_on", "ground")
_GROUPS = (("evidence", "source"), ("plan",), ("promised_on",), ("ground",))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofGroup:
    """Fields that some classes ask for; ``kinds`` are the proofs, as the style sheet names them."""

    legend: Words
    # Each class with its rule, and the proof it asks for.
    rules: Sequence[tuple[str, str]]
    fields: Sequence[forms.BoundField]
    kinds: Sequence[str]


class ClassRadios(forms.RadioSelect):
    """Each class says which proof it asks for, so that a style sheet can show only its fields."""

    proofs: dict[str, Proof] = {}

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *rest, **more)
        if proof := self.proofs.get(str(value)):
            option["attrs"]["data-proof"] = proof.value
        return option


class WordsLater(NeededLater, forms.CharField):
    """A line that only some classes ask for."""


class WrittenLater(NeededLater, WrittenField):
    """Words that only some classes ask for."""


class DayLater(NeededLater, DayField):
    """A day, asked for when the reply is sent to be checked."""


class ClaimFields(AskedForm):
    """The fields of every proof; which of them are needed the class says."""

    evidence = WrittenLater(label=_("What was done"), rows=3, max_length=2000)
    source = WordsLater(label=_("Document or web address that shows it"), max_length=300)
    plan = WordsLater(label=_("Name of the plan"), max_length=200)
    promised_on = DayLater(label=_("To be done by"))
    ground = WrittenLater(label=_("Rule or ground, quoted"), rows=3, max_length=2000)
    ground_of_claim: Ground

    def ask_for_proofs(self, ground: Ground) -> None:
        """Fit the fields to the scheme in force and to the days the rules allow."""
        self.ground_of_claim = ground
        choice = self.fields["outcome_class"]
        choice.widget.proofs = {each.code: each.proof for each in self.classes}
        if ground.files:
            self.fields["source"].help_text = _("May stay empty: the files of the reply show it.")

    @property
    def classes(self) -> Sequence[OutcomeClass]:
        return self.ground_of_claim.rules.classes.scheme.classes

    def choices_of(self, rules: Rulebook) -> list[tuple[str, Words]]:
        language = get_language() or ""
        return [
            (each.code, f"{each.code}　{each.definition.said_in(language)}")
            for each in rules.classes.scheme.classes
        ]

    @property
    def proof_groups(self) -> list[ProofGroup]:
        """What the classes of the scheme ask for, field by field."""
        return [group for names in _GROUPS if (group := self._group(names))]

    def _group(self, names: Sequence[str]) -> ProofGroup | None:
        asking = [each for each in self.classes if names[0] in ASKED[each.proof]]
        if not asking:
            return None
        codes = "、".join(each.code for each in asking)
        return ProofGroup(
            legend=_("For class %(codes)s") % {"codes": codes},
            rules=[(self._rule(each, names), each.proof.value) for each in asking],
            fields=[self[name] for name in names],
            kinds=list(dict.fromkeys(each.proof.value for each in asking)),
        )

    def _rule(self, asked: OutcomeClass, names: Sequence[str]) -> str:
        language = get_language() or ""
        said = PROOFS[asked.proof].rule.said_in(language)
        latest = latest_day(asked.proof, ground=self.ground_of_claim)
        if latest and "promised_on" in names:
            words = {"rule": said, "date": plain_day(latest)}
            said = _("%(rule)s By %(date)s at the latest.") % words
        return f"{asked.code}　{said}"

    @property
    def claim(self) -> Claim:
        """What has been typed, as far as it fits its fields."""
        said = self.cleaned_data
        return Claim(
            evidence=said.get("evidence", ""),
            source=said.get("source", ""),
            plan=said.get("plan", ""),
            promised_on=said.get("promised_on"),
            ground=said.get("ground", ""),
        )

    def require_proof(self) -> None:
        """Put what the class lacks beside the fields that lack it."""
        if not self.ground_of_claim.rules.classes.proof:
            return
        chosen = self.cleaned_data.get("outcome_class", "")
        found = faults(self.claim, outcome_class=chosen, ground=self.ground_of_claim)
        for name, said in found:
            if name not in self.errors:
                self.add_error(name, str(said))


class ReclassifyForm(StepForm, ClaimFields):
    """Another class for a reply that is out, with its proof."""

    outcome_class = forms.ChoiceField(label=_("The right class"), widget=ClassRadios)
    reason = why_field(label=_("Why the class is corrected"))
    field_order = ("outcome_class", *FIELDS, "reason")
    template = "suggestions/forms/_claim.html"

    def prepare(self) -> None:
        scene = self.scene
        self.ask_for_proofs(
            Ground.of(
                scene.charge,
                rules=scene.ruling.rules,
                calendar=scene.ruling.calendar,
                on=scene.on,
                files=scene.reply_files,
            )
        )
        self.choose("outcome_class", self.choices_of(scene.ruling.rules))

    def clean(self) -> Any:
        said = super().clean()
        self.require_proof()
        return said
