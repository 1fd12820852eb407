"""What this room's lines on record are called."""

from django.utils.translation import gettext_lazy as _

from huiyin.ledger import words

words.register(
    {
        "congress.found": _("Congress set up"),
        "term.open": _("Term entered"),
        "term.end": _("Last day of the term set"),
        "session.open": _("Session entered"),
        "session.date": _("Days of the session set"),
        "delegation.form": _("Delegation entered"),
        "electing_unit.enter": _("Electing unit entered"),
        "organ.add": _("Organ entered"),
        "organ.rename": _("Organ renamed"),
        "organ.change": _("Organ's particulars changed"),
        "organ.abolish": _("Organ abolished"),
        "organ.reform": _("Organs reformed"),
        "inner_division.add": _("Inner division entered"),
        "calendar.load": _("Notice on days off loaded"),
        "rules.choose": _("Rules chosen"),
    }
)
