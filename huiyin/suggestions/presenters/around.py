"""What lies around the text: who signed, what others proposed, what changed, what is attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.documents.models import Attachment
from huiyin.kernel.errors import Words
from huiyin.rulebook import REASONS
from huiyin.suggestions import held
from huiyin.suggestions.models import Version
from huiyin.suggestions.models.review import Opinion, ReviewPart
from huiyin.suggestions.presenters.file import CaseFile
from huiyin.suggestions.services.attaching import SCAN, organ_of
from huiyin.suggestions.services.scanning import FILED_SCAN, IN_PERSON_SCAN, RATING_SCAN
from huiyin.suggestions.stages import Signing
from huiyin.ui.parts import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two versions of one part of the text."""

    label: Words
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one version to the next."""

    ordinal: int
    at: object
    changes: Sequence[Change]


def versions(file: CaseFile) -> list[Step]:
    """What each new version changed. Open to those who took part in writing and review."""
    if not file.sight.wordings:
        return []
    return [
        Step(ordinal=new.ordinal, at=new.at, changes=_changes(_words(old), _words(new)))
        for old, new in pairwise(file.versions)
    ]


def _words(version: Version) -> tuple[str, str, str]:
    requests = [item.text for item in version.requests.all()]
    return version.title, version.situation, numbered(requests)


def numbered(texts: Sequence[str]) -> str:
    """Requests in one text, one paragraph each."""
    return "\n".join(f"{number}. {each}" for number, each in enumerate(texts, start=1))


def _changes(old: tuple[str, str, str], new: tuple[str, str, str]) -> list[Change]:
    labels = (_("Title"), _("Situation and problem"), _("Concrete requests"))
    pairs = zip(labels, old, new, strict=True)
    return [Change(label=label, old=was, new=now) for label, was, now in pairs if was != now]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A wording the office offered, beside the text it was offered for."""

    at: object
    note: str
    changes: Sequence[Change]
    waits: bool


def proposals(file: CaseFile) -> list[Proposal]:
    by_pk = {version.pk: version for version in file.versions}
    return [
        Proposal(
            at=each.at,
            note=each.note,
            waits=each is file.wording,
            changes=_changes(
                _words(by_pk[each.version_id]),
                (each.title, each.situation, numbered(each.requests)),
            ),
        )
        for each in file.wordings
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One asked to review, and what it found about the present text."""

    name: str
    opinion: Words
    reason: Words
    note: str
    who: str


def review(file: CaseFile) -> list[Party]:
    return [_party(file, part=each.part, organ=each.organ) for each in file.requests]


def _party(file: CaseFile, *, part: str, organ: object) -> Party:
    version = file.version
    organ_id = getattr(organ, "pk", None)
    given = [
        each
        for each in file.verdicts
        if (each.part, each.organ_id) == (part, organ_id)
        and version is not None
        and each.version_id == version.pk
    ]
    name = str(organ) if organ else str(ReviewPart(part).label)
    if not given:
        return Party(name=name, opinion="", reason="", note="", who="")
    verdict = given[-1]
    reason = REASONS.get(verdict.reason_code)
    return Party(
        name=name,
        opinion=Opinion(verdict.opinion).label,
        reason=reason.label.said_in(get_language() or "") if reason else "",
        note=verdict.note,
        who=verdict.post.person.name,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    name: str
    delegation: str
    standing: Words
    is_lead: bool
    counts: bool


def signers(file: CaseFile) -> list[Signer]:
    """The lead deputy first. Names not confirmed are shown only among those who sign."""
    everyone = file.sight.signs or file.sight.notices
    shown = []
    for each in file.signatures:
        counts = each.standing in (Signing.LEAD, Signing.CONFIRMED)
        if counts or everyone:
            delegation = each.deputy.delegation
            shown.append(
                Signer(
                    name=each.deputy.person.name,
                    delegation=delegation.name if delegation else "",
                    standing=Signing(each.standing).label,
                    is_lead=each.standing == Signing.LEAD,
                    counts=counts,
                )
            )
    return sorted(shown, key=lambda signer: not signer.is_lead)


def files(file: CaseFile) -> list[File]:
    by_key = {part.key: held.name_now(part) for part in file.parts}
    return [
        shown_file(each, case_key=file.case.key, organ=by_key.get(organ_of(each.part), ""))
        for each in file.visible_attachments
    ]


def shown_file(attachment: Attachment, *, case_key: str, organ: str = "") -> File:
    """A file as pages list it."""
    note: Words = organ and _("with the reply of %(organ)s") % {"organ": organ}
    if attachment.part == SCAN:
        note = _("scan of the signed paper")
    elif attachment.part.startswith(RATING_SCAN):
        note = _("scan of the rating on paper")
    elif attachment.part.startswith(FILED_SCAN):
        note = _("came back on paper")
    elif attachment.part.startswith(IN_PERSON_SCAN):
        note = _("signed record of the answer face to face")
    return File(
        name=attachment.original_name,
        url=reverse("suggestions:attachment", args=[case_key, attachment.key]),
        size=filesizeformat(attachment.size),
        note=note,
    )
