"""Who a row says signed it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from huiyin.accounts.imports import Weight
from huiyin.accounts.models import Post
from huiyin.organisations.models import Session
from huiyin.suggestions.importing.proposals import ProposedDeputy, ProposedSession
from huiyin.suggestions.importing.reading import Reading
from huiyin.suggestions.importing.roster import Complaint, Sought
from huiyin.suggestions.importing.written import split_names

Deputy = Post | ProposedDeputy
NAME_LIMIT = 60


def read_signers(
    reading: Reading, session: Session | ProposedSession, on: date
) -> tuple[Deputy | None, list[Deputy]]:
    """Return the lead deputy and the co-signers.

    More names in the lead's cell sign after the first. A name that cannot sign refuses the row:
    a signature is neither dropped nor invented.
    """
    leads = split_names(reading.row.text("lead"))
    if not leads:
        remedy = _("Write the deputy who signed first.")
        reading.refuse("lead", _("The row names no lead deputy."), remedy)
        return None, []
    lead = _signer(reading, "lead", leads[0], session, on)
    others = [("lead", name) for name in leads[1:]]
    others += [("cosigners", name) for name in split_names(reading.row.text("cosigners"))]
    found = [_signer(reading, cell, name, session, on) for cell, name in others]
    unique = dict.fromkeys(each for each in found if each is not None and each != lead)
    return lead, list(unique)


def _signer(
    reading: Reading, cell: str, name: str, session: Session | ProposedSession, on: date
) -> Deputy | None:
    is_lead = cell == "lead" and name == split_names(reading.row.text("lead"))[0]
    term = session.term if isinstance(session, ProposedSession) else session.term.ordinal
    sought = Sought(
        name=name,
        card_no=reading.text("card_no") if is_lead else "",
        delegation=reading.text("delegation") if is_lead else "",
        assembly=session.assembly,
        term=term,
        on=on,
    )
    found = reading.register.roster.find(sought)
    if isinstance(found, Complaint):
        reading.refuse(cell, found.said, found.remedy)
        return None
    if found is not None:
        return found
    return _unknown(reading, cell, sought)


def _unknown(reading: Reading, cell: str, sought: Sought) -> ProposedDeputy | None:
    if len(sought.name) > NAME_LIMIT:
        limit = _("Too long: at most %(count)d characters.") % {"count": NAME_LIMIT}
        reading.refuse(cell, limit)
        return None
    if reading.choices.new_deputies:
        said = _("Not known yet; will be entered: %(name)s") % {"name": sought.name}
        reading.note(cell, Weight.NEW, said)
        return ProposedDeputy(
            sought.name,
            sought.card_no,
            sought.delegation,
            sought.assembly,
            sought.term,
            sought.on,
        )
    near = reading.register.roster.near(sought.name)
    remedy = _("Correct the name, import the deputies first, or choose that they be entered.")
    if near:
        remedy = _("Did you mean %(names)s?") % {"names": "、".join(near)} + " " + remedy
    said = _("There is no deputy called %(name)s.") % {"name": sought.name}
    reading.refuse(cell, said, remedy)
    return None
