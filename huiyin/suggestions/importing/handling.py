"""Who a row says handled it, what was answered, and how it was rated."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from huiyin.accounts.imports import Weight
from huiyin.organisations.matching import How, OrganMatch
from huiyin.organisations.models import Organ
from huiyin.rulebook import Rulebook
from huiyin.suggestions.importing.choices import NEW
from huiyin.suggestions.importing.proposals import ProposedOrgan
from huiyin.suggestions.importing.reading import Reading
from huiyin.suggestions.importing.written import read_yes, split_organs

Charged = Organ | ProposedOrgan
ORGAN_LIMIT = 80
DOCUMENT_NO_LIMIT = 60
_GRADES = {
    "VS": ("很满意", "非常满意", "十分满意", "very satisfied", "vs"),
    "S": ("满意", "satisfied", "s"),
    "BS": ("基本满意", "较满意", "一般", "basically satisfied", "bs"),
    "NS": ("不满意", "不满", "not satisfied", "ns"),
}


# --- Organs


def read_organs(reading: Reading, *, raised: date) -> None:
    """Read who leads, who helps, since when, and whether it has six months."""
    read = reading.read
    leads = split_organs(reading.row.text("lead_organ"))
    helpers = split_organs(reading.row.text("co_organs"))
    if len(leads) > 1:
        remedy = _("Name one organ here and the others as co-handling.")
        reading.refuse("lead_organ", _("More than one organ leads."), remedy)
        return
    if not leads:
        _without_lead(reading, helpers)
        return
    if read["assigned_on"] is None:
        read["assigned_on"] = _usual_day(reading, raised)
    # What is closed was handled by the organ of that time, what is open by the one of today.
    on = read["assigned_on"] if read["replied_on"] else reading.today
    read["lead_organ"] = _organ(reading, "lead_organ", leads[0], on=on)
    found = [_organ(reading, "co_organs", name, on=on) for name in helpers]
    lead = read["lead_organ"]
    read["co_organs"] = list(dict.fromkeys(each for each in found if each and each != lead))
    wide = read_yes(reading.text("wide"))
    if wide is None:
        words = {"said": reading.text("wide")}
        said = _("“%(said)s” says neither yes nor no.") % words
        reading.refuse("wide", said, _("Write 是 or 否."))
    read["wide"] = bool(wide)


def _usual_day(reading: Reading, raised: date) -> date:
    """The day chosen for the list; without one, clocks start when it was raised."""
    if reading.verdicts.get("assigned_on"):
        return raised
    chosen = reading.choices.assigned_on
    if chosen is None:
        said = _("Not given; the day on which it was raised is taken.")
        reading.note("assigned_on", Weight.WARNING, said)
    return max(chosen or raised, raised)


def _without_lead(reading: Reading, helpers: list[str]) -> None:
    asked = [name for name in ("assigned_on", "replied_on") if reading.read[name]]
    if helpers or asked:
        remedy = _("Name the lead organ, or leave these cells empty.")
        reading.refuse("lead_organ", _("It was assigned, but no lead organ is named."), remedy)


def _organ(reading: Reading, cell: str, name: str, *, on: date) -> Charged | None:
    register = reading.register
    chosen = reading.choices.organs.get(name, "")
    if chosen and chosen != NEW and (found := register.organ_by_key(chosen, on=on)):
        reading.note(cell, Weight.FINE, _("Read as %(organ)s.") % {"organ": found.name})
        return found
    match = register.organ(name, on=on)
    if match:
        _recognised(reading, cell, match)
        return match.organ
    if len(name) > ORGAN_LIMIT:
        limit = _("Too long: at most %(count)d characters.") % {"count": ORGAN_LIMIT}
        reading.refuse(cell, limit)
        return None
    if chosen == NEW or reading.choices.new_organs:
        made = register.proposed_organ(name)
        said = _("Not known yet; will be entered: %(name)s") % {"name": made.name}
        reading.note(cell, Weight.NEW, said)
        return made
    _unknown(reading, cell, name, on=on)
    return None


def _recognised(reading: Reading, cell: str, match: OrganMatch) -> None:
    """A word on how the name was understood, unless it is the organ's very name."""
    words = {
        How.FORMER_NAME: _("Former name of %(organ)s."),
        How.SUCCESSOR: _("Abolished; %(organ)s took over."),
        How.SPELLING: _("Read as %(organ)s."),
    }
    if said := words.get(match.how):
        weight = Weight.WARNING if match.how is How.SUCCESSOR else Weight.FINE
        reading.note(cell, weight, said % {"organ": match.organ.name})


def _unknown(reading: Reading, cell: str, name: str, *, on: date) -> None:
    reading.read.setdefault("unknown_organs", []).append(name)
    if gone := reading.register.abolished(name, on=on):
        said = _("%(organ)s was abolished on %(day)s.") % {"organ": gone.name, "day": gone.until}
        reading.refuse(cell, said, _("Name the organ that does its work now."))
        return
    remedy = _("Choose below which organ is meant, or enter it as a new one.")
    if near := reading.register.near_organs(name, on=on):
        names = "、".join(organ.name for organ in near[:3])
        remedy = _("Did you mean %(names)s?") % {"names": names} + " " + remedy
    reading.refuse(cell, _("There is no organ called “%(name)s”.") % {"name": name}, remedy)


# --- The reply and its rating


def read_reply(reading: Reading, *, rules: Rulebook) -> None:
    """Read the reply, if there was one: its day says so."""
    said = {name: reading.text(name) for name in ("outcome_class", "document_no", "reply_text")}
    reading.read |= {**said, "outcome_class": "", "reply_text": reading.row.text("reply_text")}
    if reading.read["replied_on"] is None:
        _without_reply(reading, [name for name, words in said.items() if words])
        return
    if said["outcome_class"]:
        reading.read["outcome_class"] = _class(reading, said["outcome_class"], rules=rules)
    else:
        words = _("The reply bears no class; it is listed as a fault of the records.")
        reading.note("outcome_class", Weight.WARNING, words)
    if len(said["document_no"]) > DOCUMENT_NO_LIMIT:
        limit = _("Too long: at most %(count)d characters.") % {"count": DOCUMENT_NO_LIMIT}
        reading.refuse("document_no", limit)


def _without_reply(reading: Reading, given: list[str]) -> None:
    """A class or a text without a day: whether it was answered cannot be guessed."""
    rated = [name for name in ("attitude", "result") if reading.text(name)]
    if (given or rated) and not reading.verdicts.get("replied_on"):
        said = _("There is a reply or a rating, but no day of the reply.")
        remedy = _("Give the day of the reply, or leave these cells empty.")
        reading.refuse("replied_on", said, remedy)


def _class(reading: Reading, said: str, *, rules: Rulebook) -> str:
    code = unicodedata.normalize("NFKC", said).upper().removesuffix("类").strip()
    if code in rules.classes.scheme.codes:
        return code
    allowed = "、".join(rules.classes.scheme.codes)
    reading.refuse(
        "outcome_class",
        _("The rules of that day know no class “%(said)s”.") % {"said": said},
        _("They know %(allowed)s. Classes of other places are not translated.")
        % {"allowed": allowed},
    )
    return ""


def read_rating(reading: Reading, *, rules: Rulebook) -> None:
    """Read what the rules have rated; a list that keeps one grade of two means both, with a word.

    A grade the rules of that day do not ask for is left out, with a word too.
    """
    grades = {name: _grade(reading, name, rules=rules) for name in ("attitude", "result")}
    given = {name: grade for name, grade in grades.items() if grade}
    asked = {each.code for each in rules.feedback.dimensions}
    for name in asked - given.keys():
        if given and not reading.text(name):
            reading.note(name, Weight.WARNING, _("Only one grade is given; it is taken for both."))
            grades[name] = next(iter(given.values()))
    for name in grades.keys() - asked:
        if reading.text(name):
            said = _("The rules of that day do not have this rated; it is left out.")
            reading.note(name, Weight.WARNING, said)
        grades[name] = ""
    reading.read |= grades


def _grade(reading: Reading, name: str, *, rules: Rulebook) -> str:
    said = unicodedata.normalize("NFKC", reading.text(name)).casefold()
    if not said:
        return ""
    grade = next((code for code, words in _GRADES.items() if said in words), "")
    if grade in rules.feedback.scale.codes:
        return grade
    allowed = "、".join(str(each.label) for each in rules.feedback.scale.grades)
    reading.refuse(
        name,
        _("“%(said)s” is no grade of the rules of that day.") % {"said": reading.text(name)},
        _("Use one of: %(allowed)s") % {"allowed": allowed},
    )
    return ""
