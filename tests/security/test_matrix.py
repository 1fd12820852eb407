"""Who gets what at every address: stated here by hand, cell by cell (T001 to T003, T045).

Each row says, for the thing of the reader's own house named in ``addresses.KEYS``, which answer
each reader gets. The same thing of the congress next door, and a key that nothing has, must give
one and the same answer: 404, or what the row says of keys in ``absent``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from huiyin.documents.tests import files
from huiyin.kernel.ids import new_key
from tests.security.addresses import EVERY, KEYS, OF_A_HOUSE, address
from tests.security.detector import changes, held, lasting, writes
from tests.security.house import AS_A_PROGRAM, READERS, STRANGER, House

EVERYBODY = frozenset(READERS) - {STRANGER}
CLERKS = frozenset({"clerk", "neighbour_clerk"})
CLERK = frozenset({"clerk"})
OFFICE = frozenset({"leader", "committee"})
LEAD = frozenset({"lin"})
SIGNERS = frozenset({"lin", "zhao"})
DEPUTIES = SIGNERS | {"zhou"}
EDUCATION = frozenset({"edu_liaison", "edu_handler", "edu_checker", "edu_head"})
WORKERS = frozenset({"edu_liaison", "edu_handler"})
LIAISONS = frozenset({"edu_liaison", "fin_liaison", "party_liaison"})
FINANCE = frozenset({"fin_liaison", "fin_handler"})
KEEPERS = frozenset({"edu_liaison", "edu_head", "fin_liaison", "party_liaison"})
OTHERS_WHO_SEE_IT = (
    FINANCE
    | SIGNERS
    | {
        *("clerk", "government_clerk", "committee", "leader", "electing_liaison"),
    }
)
OFFICES_AND_HELPERS = FINANCE | {"clerk", "government_clerk", "committee", "leader"}
SEE_IT = EDUCATION | OTHERS_WHO_SEE_IT

LIAISONS = frozenset({"edu_liaison", "fin_liaison", "party_liaison"})
# Who reads of responsibility: of one's own organ, or of all of one's congress.
IN_ORGANS = LIAISONS | {"edu_checker", "edu_head"}
OF_ORGANS = IN_ORGANS | {"clerk", "government_clerk", "neighbour_clerk"}

TALKERS = frozenset({"clerk", "electing_liaison"})

Cells = dict[int, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What reading and sending give; who stands in no cell gets ``rest``.

    Strangers are led to the door (302 and 401) unless ``public``.
    """

    get: Cells
    post: Cells
    rest: int = 404
    # What whoever is named gets for a key that is not of his house; everybody else: 404.
    absent: Cells = field(default_factory=dict)
    public: bool = False
    form: str = ""
    # Opening it marks the reader's notices of it as read; that and no more.
    marks_read: bool = False
    # Opening it, the deputy has opened the reply sent to him; that and no more.
    opens_reply: bool = False


NO_READING: Cells = {405: EVERYBODY}
NO_SENDING: Cells = {405: EVERYBODY}
OPEN: Cells = {200: EVERYBODY}
CLERKS_ONLY: Cells = {403: EVERYBODY - CLERKS}

MATRIX: dict[str, Row] = {
    # --- The door
    "accounts:sign_in": Row(get={302: EVERYBODY}, post={422: EVERYBODY}, public=True),
    "accounts:sign_out": Row(get=NO_READING, post={302: EVERYBODY}),
    "accounts:activate": Row(get=OPEN, post={422: EVERYBODY}, public=True),
    "accounts:language": Row(get=NO_READING, post={302: EVERYBODY}, public=True),
    # --- One's own account
    "accounts:account": Row(get=OPEN, post=NO_SENDING),
    "accounts:password": Row(get=OPEN, post={422: EVERYBODY}),
    "accounts:preferences": Row(get=NO_READING, post={302: EVERYBODY}),
    "accounts:open_feed": Row(get=NO_READING, post={404: EVERYBODY}),
    "accounts:close_feed": Row(get=NO_READING, post={404: EVERYBODY}),
    "accounts:switch_post": Row(get=NO_READING, post={404: EVERYBODY}),
    # --- The people of a congress: for its clerks alone, to others the pages do not exist
    "accounts:people": Row(get={200: CLERKS}, post=NO_SENDING),
    "accounts:new_person": Row(get={200: CLERKS}, post={422: CLERKS}),
    "accounts:codes": Row(get=NO_READING, post={422: CLERKS}),
    "accounts:person": Row(get={200: CLERK}, post={422: CLERK}),
    "accounts:give_post": Row(get=NO_READING, post={422: CLERK}),
    "accounts:account_act": Row(get=NO_READING, post={422: CLERK}),
    "accounts:post_act": Row(get=NO_READING, post={422: CLERK}),
    # --- Notices and kept views: one's own
    "outbox:inbox": Row(get=OPEN, post=NO_SENDING),
    "outbox:read": Row(get=NO_READING, post={404: EVERYBODY}),
    "outbox:read_all": Row(get=NO_READING, post={302: EVERYBODY}),
    "outbox:wishes": Row(get=OPEN, post={422: EVERYBODY}),
    # --- What did not arrive: the congress office's
    "outbox:stranded": Row(get={200: CLERKS}, post=NO_SENDING, rest=403),
    "outbox:send_again": Row(get=NO_READING, post={404: CLERKS}, rest=403),
    "ui:save_view": Row(get=NO_READING, post={422: EVERYBODY}),
    "ui:rename_view": Row(get=NO_READING, post={422: CLERK}),
    "ui:delete_view": Row(get=NO_READING, post={302: CLERK}),
    "ui:export": Row(get={404: EVERYBODY}, post=NO_SENDING),
    "ui:export_file": Row(get={404: EVERYBODY}, post=NO_SENDING),
    # --- The first pages
    "web:home": Row(get=OPEN, post=NO_SENDING),
    "web:overview": Row(get=OPEN, post=NO_SENDING),
    # --- Suggestions: all of them
    "suggestions:list": Row(get=OPEN, post=NO_SENDING),
    "suggestions:calendar": Row(get=OPEN, post=NO_SENDING),
    "suggestions:new": Row(
        get={200: DEPUTIES | CLERKS}, post={302: DEPUTIES, 422: CLERKS}, rest=403
    ),
    "suggestions:assign_many": Row(
        get=NO_READING, post={422: CLERKS | {"government_clerk"}}, rest=403
    ),
    "suggestions:urge_many": Row(
        get=NO_READING, post={422: CLERKS | {"government_clerk"}}, rest=403
    ),
    "suggestions:hand_over_many": Row(get=NO_READING, post={422: CLERKS}, rest=403),
    "suggestions:hand_back_many": Row(
        get=NO_READING, post={422: frozenset({"government_clerk"})}, rest=403
    ),
    # Open to a calendar program by its secret alone: what is not one opens nothing to anybody.
    "suggestions:feed": Row(get={404: EVERYBODY}, post=NO_SENDING, public=True),
    # --- One that is handled
    "suggestions:case": Row(get={200: SEE_IT}, post=NO_SENDING, marks_read=True),
    "suggestions:paper": Row(get={200: SEE_IT}, post=NO_SENDING),
    "suggestions:letter": Row(get={200: SEE_IT}, post=NO_SENDING, opens_reply=True),
    "suggestions:deadline": Row(get={200: SEE_IT}, post=NO_SENDING),
    "suggestions:part_deadline": Row(get={200: SEE_IT}, post=NO_SENDING),
    # The assignment letter: between the offices that charge and the organ that is charged.
    "suggestions:document": Row(
        get={200: EDUCATION | {"clerk", "government_clerk"}}, post=NO_SENDING
    ),
    # --- A draft: its author's, shown to whom he has asked to sign
    "suggestions:edit": Row(
        get={200: LEAD, 403: frozenset({"zhao"})}, post={422: LEAD, 403: frozenset({"zhao"})}
    ),
    "suggestions:autosave": Row(get=NO_READING, post={422: LEAD, 403: frozenset({"zhao"})}),
    "suggestions:together": Row(get={200: LEAD, 403: frozenset({"zhao"})}, post=NO_SENDING),
    "suggestions:attach": Row(
        get=NO_READING, post={302: LEAD, 403: frozenset({"zhao"})}, form="file"
    ),
    "suggestions:attachment": Row(
        get={200: SIGNERS | {"clerk", "government_clerk", "committee"}}, post=NO_SENDING
    ),
    # --- Steps; each step has its own matrix in the room of the suggestions and in test_steps
    "suggestions:step": Row(
        get={200: CLERK, 403: SIGNERS | {"government_clerk", "committee"}},
        post={422: CLERK, 403: SIGNERS | {"government_clerk", "committee"}},
    ),
    "suggestions:part_step": Row(
        get={200: WORKERS, 403: SEE_IT - WORKERS}, post={422: WORKERS, 403: SEE_IT - WORKERS}
    ),
    # --- The reply of one organ, written inside it
    "suggestions:reply": Row(
        get={200: EDUCATION, 403: OTHERS_WHO_SEE_IT},
        post={302: WORKERS, 403: SEE_IT - WORKERS},
        form="revision",
    ),
    "suggestions:reply_autosave": Row(
        get=NO_READING, post={200: WORKERS, 403: SEE_IT - WORKERS}, form="revision"
    ),
    "suggestions:reply_preview": Row(get={200: EDUCATION, 403: OTHERS_WHO_SEE_IT}, post=NO_SENDING),
    "suggestions:reply_files": Row(
        get={200: EDUCATION, 403: OTHERS_WHO_SEE_IT},
        post={302: WORKERS, 403: SEE_IT - WORKERS},
        form="file",
    ),
    # --- Co-handling: between organs and offices; to the deputy there is no such page
    "suggestions:co_handling": Row(
        get={200: EDUCATION | FINANCE | CLERKS | OFFICE | {"government_clerk", "party_liaison"}},
        post=NO_SENDING,
    ),
    "suggestions:co_part": Row(
        get={200: EDUCATION | OFFICES_AND_HELPERS},
        post={302: FINANCE, 403: (EDUCATION | OFFICES_AND_HELPERS) - FINANCE},
        form="typed",
    ),
    "suggestions:opinion_autosave": Row(
        get=NO_READING,
        post={200: FINANCE, 403: (EDUCATION | OFFICES_AND_HELPERS) - FINANCE},
        form="typed",
    ),
    "suggestions:texts": Row(get={200: EDUCATION, 403: OTHERS_WHO_SEE_IT}, post=NO_SENDING),
    # --- Clearing: who clears sees what waits for him; who keeps an organ's levels sets them
    "suggestions:to_clear": Row(get={200: frozenset({"edu_checker", "edu_head"})}, post=NO_SENDING),
    "suggestions:levels": Row(get={200: KEEPERS}, post={422: KEEPERS}),
    # --- Contacts with deputies; talks of the congress office and of the electing unit
    "suggestions:contacts": Row(
        get={200: EVERYBODY - {"electing_liaison"}}, post=NO_SENDING, rest=403
    ),
    "suggestions:contacts_by_organ": Row(
        get={200: CLERKS | OFFICE | {"government_clerk"}}, post=NO_SENDING, rest=403
    ),
    "suggestions:contacts_to_check": Row(get={200: DEPUTIES}, post=NO_SENDING, rest=403),
    "suggestions:call_back": Row(get={200: CLERKS}, post={422: CLERKS}),
    "suggestions:talks": Row(
        get={200: CLERKS | {"leader", "electing_liaison"}}, post=NO_SENDING, rest=403
    ),
    "suggestions:talk": Row(
        get={200: TALKERS, 403: SEE_IT - TALKERS}, post={422: TALKERS, 403: SEE_IT - TALKERS}
    ),
    # --- Importing lists: the clerks'
    "suggestions:working_days": Row(get=OPEN, post={422: CLERKS}, rest=403),
    "suggestions:working_days_year": Row(get=OPEN, post=NO_SENDING),
    "suggestions:redating": Row(get={200: SEE_IT}, post=NO_SENDING),
    "suggestions:imports": Row(get={200: CLERKS}, post={422: CLERKS}, rest=403),
    "suggestions:import": Row(get={200: CLERK}, post={302: CLERK}, rest=403, absent=CLERKS_ONLY),
    "suggestions:import_columns": Row(
        get={200: CLERK}, post={422: CLERK}, rest=403, absent=CLERKS_ONLY
    ),
    "suggestions:import_failed": Row(
        get={200: CLERK}, post=NO_SENDING, rest=403, absent=CLERKS_ONLY
    ),
    "suggestions:import_discard": Row(
        get=NO_READING, post={302: CLERK}, rest=403, absent=CLERKS_ONLY
    ),
    # --- Papers and letters of the congress office; no batch of letters has been begun
    "suggestions:scans": Row(get={200: CLERKS}, post={422: CLERKS}, rest=403),
    "suggestions:scan": Row(get={200: CLERK}, post={422: CLERK}, rest=403, absent=CLERKS_ONLY),
    "suggestions:scan_file": Row(get={200: CLERK}, post=NO_SENDING, rest=403, absent=CLERKS_ONLY),
    "suggestions:letters": Row(get={200: CLERKS}, post={422: CLERKS}, rest=403),
    "suggestions:letters_batch": Row(
        get={404: CLERKS}, post={404: CLERKS}, rest=403, absent=CLERKS_ONLY
    ),
    "suggestions:letters_zip": Row(
        get={404: CLERKS}, post=NO_SENDING, rest=403, absent=CLERKS_ONLY
    ),
    # --- Assignment meetings: the holding office's clerks write, leaders read, the invited organ
    # sees its part; a file or a notice that is not there is there for nobody.
    "suggestions:meetings": Row(
        get={200: CLERKS | OFFICE | {"government_clerk"} | LIAISONS}, post=NO_SENDING
    ),
    "suggestions:meeting_new": Row(
        get={200: CLERKS | {"government_clerk"}},
        post={422: CLERKS | {"government_clerk"}},
        rest=403,
    ),
    "suggestions:meeting": Row(get={200: CLERK | OFFICE | EDUCATION}, post=NO_SENDING),
    "suggestions:meeting_edit": Row(
        get={200: CLERK, 403: OFFICE | EDUCATION}, post={422: CLERK, 403: OFFICE | EDUCATION}
    ),
    "suggestions:meeting_letters": Row(get={200: CLERK, 403: OFFICE | EDUCATION}, post=NO_SENDING),
    "suggestions:meeting_batch": Row(
        get={200: CLERK | OFFICE}, post={302: CLERK, 403: OFFICE | EDUCATION}
    ),
    "suggestions:meeting_file": Row(get={}, post=NO_SENDING),
    "suggestions:meeting_letter": Row(get={}, post=NO_SENDING),
    **{
        f"suggestions:meeting_{name}": Row(
            get=NO_READING, post={status: CLERK, 403: OFFICE | EDUCATION}
        )
        for name, status in {
            **dict.fromkeys(("gather", "organs", "attendance", "conclude", "issue"), 302),
            **dict.fromkeys(("speech", "attach"), 422),
            "drop": 404,
        }.items()
    },
    # --- Responsibility: the liaison sets it up; checker, head and the offices read
    "suggestions:responsibility": Row(get={200: OF_ORGANS}, post=NO_SENDING),
    "suggestions:work_list": Row(get={200: OF_ORGANS}, post=NO_SENDING),
    "suggestions:schedule": Row(get={200: OF_ORGANS}, post=NO_SENDING),
    # An office names the organ whose summary it wants.
    "suggestions:handling_summary": Row(get={200: IN_ORGANS}, post=NO_SENDING),
    "suggestions:responsibility_system": Row(
        get={200: LIAISONS, 403: OF_ORGANS - LIAISONS},
        post={422: LIAISONS, 403: OF_ORGANS - LIAISONS},
    ),
    "suggestions:organ_leaders": Row(
        get={200: LIAISONS, 403: OF_ORGANS - LIAISONS},
        post={422: LIAISONS, 403: OF_ORGANS - LIAISONS},
    ),
    "suggestions:leader_left": Row(
        get=NO_READING,
        post={
            302: frozenset({"edu_liaison"}),
            403: frozenset({"edu_checker", "edu_head", "clerk", "government_clerk"}),
        },
    ),
    "suggestions:leader_acts": Row(
        get={200: OF_ORGANS}, post={422: LIAISONS, 403: OF_ORGANS - LIAISONS}
    ),
    "suggestions:strike_leader_act": Row(
        get=NO_READING,
        post={
            302: frozenset({"edu_liaison"}),
            403: frozenset({"edu_checker", "edu_head", "clerk", "government_clerk"}),
        },
    ),
    # --- The rules of the congress: its clerks change, its leader and committees read
    "suggestions:rules": Row(get={200: CLERKS | OFFICE}, post=NO_SENDING),
    "suggestions:rules_history": Row(get={200: CLERKS | OFFICE}, post=NO_SENDING),
    "suggestions:rules_value": Row(get={200: CLERKS, 403: OFFICE}, post={422: CLERKS, 403: OFFICE}),
    "suggestions:rules_pack": Row(get={200: CLERKS, 403: OFFICE}, post={422: CLERKS, 403: OFFICE}),
    "suggestions:rules_open": Row(get={200: CLERKS, 403: OFFICE}, post={422: CLERKS, 403: OFFICE}),
    # Disputes: those who settle or oversee them; the day for adjustments is the clerks' to record.
    "suggestions:disputes": Row(get={200: CLERKS | OFFICE | {"government_clerk"}}, post=NO_SENDING),
    "suggestions:cutoff": Row(
        get={200: CLERKS, 403: OFFICE | {"government_clerk"}},
        post={422: CLERKS, 403: OFFICE | {"government_clerk"}},
    ),
    # The duties of organs: everybody of the house reads, its clerk enters.
    "suggestions:mandates": Row(get=OPEN, post=NO_SENDING),
    "suggestions:mandate": Row(
        get={200: EVERYBODY - {"neighbour_clerk"}},
        post={422: CLERK, 403: EVERYBODY - CLERKS},
    ),
    # Whoever may see a case of it reads of that case.
    "suggestions:rules_decision": Row(get={200: SEE_IT}, post=NO_SENDING),
    # --- Terms and sessions: the clerks open them, leader and committees read
    "suggestions:terms": Row(get={200: CLERKS | OFFICE}, post={422: CLERKS, 403: OFFICE}),
    # --- Handling together: the clerks choose, an organ works once for its group
    "suggestions:alike": Row(get={200: CLERKS}, post=NO_SENDING, rest=403),
    "suggestions:merge_many": Row(get=NO_READING, post={422: CLERKS}, rest=403),
    # Its case is handled alone: the organ is led back to it.
    "suggestions:group_step": Row(
        get={302: EDUCATION, 403: OTHERS_WHO_SEE_IT}, post={302: EDUCATION, 403: OTHERS_WHO_SEE_IT}
    ),
    "suggestions:group_reply": Row(
        get={302: EDUCATION, 403: OTHERS_WHO_SEE_IT}, post={302: EDUCATION, 403: OTHERS_WHO_SEE_IT}
    ),
    # --- The organs: the clerks reform them, leader and committees read
    "suggestions:organs": Row(get={200: CLERKS | OFFICE}, post=NO_SENDING),
    "suggestions:organ": Row(get={200: CLERK | OFFICE}, post=NO_SENDING),
    "suggestions:reform_organs": Row(
        get={200: CLERKS, 403: OFFICE}, post={422: CLERKS, 403: OFFICE}
    ),
    "suggestions:reform": Row(get={200: SEE_IT}, post=NO_SENDING),
}

# --- The rooms above: one of each kind there, about the suggestion that education replied to.
TO_READ = Row(get=OPEN, post=NO_SENDING)
GOVERNMENT = frozenset({"government_clerk"})
COMMITTEE = frozenset({"committee"})
SUPERVISORS = CLERKS | GOVERNMENT | OFFICE


def for_(who: frozenset[str], *, then: int = 0) -> Row:
    """A page of those alone; ``then``: what its empty form gives them, if it has one."""
    return Row(get={200: who}, post={then: who} if then else NO_SENDING, rest=403)


# Who may begin each kind of thing.
BEGUN_BY: dict[str, frozenset[str]] = {
    "act": CLERKS | GOVERNMENT | COMMITTEE,
    "bulletin": CLERKS | GOVERNMENT,
    "circular": CLERKS | GOVERNMENT,
    "fund": CLERKS,
    "outcome": CLERKS | GOVERNMENT | COMMITTEE | LIAISONS,
    "paper": CLERKS | GOVERNMENT,
    "problem": CLERKS | COMMITTEE,
    "project": CLERKS | LIAISONS,
    "publicity": CLERKS | GOVERNMENT,
    "rhythm": CLERKS | GOVERNMENT,
    "topic": CLERKS | COMMITTEE,
}
# Who reads one of each kind: those of the town alone, the clerk next door has his own.
OVERSEE = CLERK | GOVERNMENT | OFFICE
IN_ORGANS_ALL = EDUCATION | FINANCE | {"party_liaison"}
KNOW_IT = OVERSEE | EDUCATION | SIGNERS | {"electing_liaison"}
READ: dict[str, frozenset[str]] = {
    "act": OVERSEE | EDUCATION | FINANCE | SIGNERS,
    "bulletin": OVERSEE | IN_ORGANS_ALL | DEPUTIES,
    "circular": OVERSEE | IN_ORGANS_ALL,
    "fund": OVERSEE,
    "outcome": KNOW_IT | FINANCE,
    "paper": OVERSEE | IN_ORGANS_ALL | DEPUTIES,
    "problem": OVERSEE | EDUCATION,
    "project": OVERSEE | EDUCATION | SIGNERS,
    "publicity": OVERSEE,
    "rhythm": OVERSEE,
    # Finance helps with it, and so reads what is done about it.
    "topic": OVERSEE | EDUCATION | FINANCE | SIGNERS,
}
# Who takes the one step that ``addresses.STEPS`` asks for; the kinds not here have none.
TAKEN_BY: dict[str, frozenset[str]] = {
    "topic": CLERK | {"edu_liaison"},
    "problem": frozenset({"edu_liaison"}),
    "rhythm": CLERK | GOVERNMENT,
    "fund": CLERK,
    "project": CLERK,
}


def seen_by(who: frozenset[str], *, marks_read: bool = False) -> Row:
    return Row(get={200: who}, post=NO_SENDING, marks_read=marks_read)


def taken_by(kind: str) -> Row:
    """An empty form: sent back to whoever takes the step, refused to the others who read of it."""
    who = TAKEN_BY.get(kind, frozenset())
    others = {403: READ[kind] - who} if who else {}
    return Row(get=NO_READING, post={422: who, **others})


MATRIX |= {
    "reporting:queries:builder": TO_READ,
    "reporting:queries:list": TO_READ,
    "reporting:queries:cross": TO_READ,
    "reporting:queries:opened": Row(get={404: EVERYBODY}, post=NO_SENDING),
    "reporting:queries:save": Row(get=NO_READING, post={422: EVERYBODY}),
    "reporting:queries:forget": Row(get=NO_READING, post={404: EVERYBODY}),
    "promises:list": TO_READ,
    "promises:followed_up": TO_READ,
    "promises:promise": Row(get={200: KNOW_IT}, post=NO_SENDING),
    "promises:step": Row(get=NO_READING, post={422: WORKERS, 403: KNOW_IT - WORKERS}),
    # Nobody has shown anything by a file here: for the rest, the room's own tests.
    "promises:file": Row(get={404: EVERYBODY}, post=NO_SENDING),
    "promises:roll": for_(CLERKS, then=302),
    "promises:slips": for_(CLERKS | LIAISONS),
    # His own letter alone, of what the reader may know; organ and office send it.
    "promises:slip": Row(
        get={200: KNOW_IT - {"zhao"}},
        post={302: frozenset({"clerk", "edu_liaison"}), 403: KNOW_IT - {"zhao"}},
    ),
    "promises:letter": Row(get={200: KNOW_IT - {"zhao"}}, post=NO_SENDING),
    "promises:look_backs": Row(get=OPEN, post={422: CLERKS}, rest=403),
    "promises:look_back": Row(get={200: KNOW_IT}, post=NO_SENDING),
    "promises:item": Row(get={200: KNOW_IT}, post={422: WORKERS, 403: KNOW_IT - WORKERS}),
    "reporting:boards:charts": for_(SUPERVISORS),
    "reporting:boards:wall": for_(SUPERVISORS),
    "reporting:checking:page": Row(get=OPEN, post={422: EVERYBODY}),
    "reporting:reports:list": Row(
        get={200: EVERYBODY - DEPUTIES - {"electing_liaison"}}, post=NO_SENDING, rest=403
    ),
    "reporting:reports:new": for_(CLERKS | LIAISONS, then=422),
    "reporting:reports:earlier": for_(SUPERVISORS),
    "reporting:reports:earlier_new": for_(CLERKS, then=422),
    **{
        f"reporting:reports:{page}": Row(get={404: EVERYBODY}, post=NO_SENDING)
        for page in ("one", "paper", "earlier_one", "rows", "rows_known")
    },
    **{
        f"reporting:reports:{step}": Row(get=NO_READING, post={404: EVERYBODY})
        for step in ("write", "issue")
    },
    "supervision:minute": for_(SUPERVISORS),
    "supervision:looked": Row(get=NO_READING, post={302: SUPERVISORS}, rest=403),
    "supervision:board": for_(SUPERVISORS),
    "supervision:catalogue": for_(SUPERVISORS),
    "supervision:counterparts": for_(CLERKS | GOVERNMENT, then=422),
    "supervision:not_let_go": for_(EVERYBODY - DEPUTIES - {"electing_liaison"}),
    "supervision:topic_letter": seen_by(READ["topic"]),
    "supervision:problem_notice": seen_by(READ["problem"]),
    "supervision:circular_paper": seen_by(READ["circular"]),
    "supervision:bulletin_paper": seen_by(READ["bulletin"]),
    **{f"supervision:{kind}": seen_by(who, marks_read=True) for kind, who in READ.items()},
    **{f"supervision:{kind}_list": TO_READ for kind in BEGUN_BY},
    **{f"supervision:{kind}_new": for_(who, then=422) for kind, who in BEGUN_BY.items()},
    **{f"supervision:{kind}_step": taken_by(kind) for kind in READ},
    # Everybody counts within what he sees.
    **{f"reporting:statistics:{page}": TO_READ for page in ("catalogue", "years", "table", "rows")},
}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    """A new address is written into the matrix before anything else is."""
    assert sorted(set(EVERY) - set(MATRIX)) == [], "addresses without a row"
    assert sorted(set(MATRIX) - set(EVERY)) == [], "rows without an address"
    assert set(KEYS) <= set(MATRIX)


def expected(cells: Cells, who: str, *, rest: int) -> int:
    return next((status for status, readers in cells.items() if who in readers), rest)


def form_of(row: Row) -> dict[str, Any]:
    """The least a form must bring for the answer to speak of rights."""
    brought: dict[str, dict[str, Any]] = {
        "": {},
        "revision": {"revision": "0"},
        "typed": {"revision": "0", "typed": "0"},
        "file": {"file": ContentFile(files.pdf(b"annex"), name="附件.pdf")},
    }
    return {"once": new_key(), **brought[row.form]}


def asked(
    house: House, who: str, method: str, path: str, row: Row, *, as_a_person: bool = False
) -> tuple[Any, Any]:
    """The answer, and what a reading or a refused form left behind; all of it is taken back."""
    with transaction.atomic():
        browser = house.browser(who, headers={} if as_a_person else AS_A_PROGRAM)
        before: Any = held() if method == "post" and row.form else {}
        with writes() as written:
            answer = browser.get(path) if method == "get" else browser.post(path, form_of(row))
        let_go(answer)
        left: Any = [sql for sql in written if not _is_meant(row, who, sql)]
        if method == "post":
            refused = answer.status_code >= 400
            left = changes(before, held()) if refused and lasting(written) else {}
        transaction.set_rollback(True)
    return answer, left


def _is_meant(row: Row, who: str, sql: str) -> bool:
    """Whether reading is to leave this: that a notice was read, or a deputy's reply opened."""
    if row.opens_reply and who in SIGNERS:
        return any(part in sql for part in ('"suggestions_receipt"', '"ledger_', "FOR UPDATE"))
    return row.marks_read and '"outbox_' in sql


def let_go(answer: Any) -> None:
    """Close the file behind an answer; closing the answer would close the test's database too."""
    for close in answer._resource_closers if answer.streaming else ():
        close()


def at_the_door(name: str, method: str, row: Row) -> int:
    if not row.public:
        return 302 if method == "get" else 401
    if name == "accounts:sign_in":
        return 200 if method == "get" else 422
    return expected(row.get if method == "get" else row.post, "lin", rest=row.rest)


FEW = ("clerk", "lin", STRANGER)


@pytest.mark.parametrize("name", MATRIX)
def test_each_cell_of_the_own_house(house: House, name: str) -> None:
    row = MATRIX[name]
    path = address(name, KEYS[name].named(house.ours) if name in KEYS else {})
    wrong = {}
    for method, cells in (("get", row.get), ("post", row.post)):
        # A method that an address does not know is refused before anybody is looked at.
        readers = FEW if cells is NO_READING or cells is NO_SENDING else READERS
        for who in readers:
            if who == "neighbour_clerk" and name in KEYS:
                continue  # The next test: to the neighbour our things are foreign.
            said = expected(cells, who, rest=row.rest)
            if who == STRANGER:
                said = at_the_door(name, method, row)
            answer, left = asked(house, who, method, path, row, as_a_person=who == STRANGER)
            if (answer.status_code, bool(left)) != (said, False):
                wrong[who, method] = (answer.status_code, said, left)
    assert wrong == {}


@pytest.mark.parametrize("name", OF_A_HOUSE)
def test_what_is_anothers_and_what_is_not_there_look_alike(house: House, name: str) -> None:
    row, keys = MATRIX[name], KEYS[name]
    reads, sends = row.get is not NO_READING, row.post is not NO_SENDING
    wrong: dict[Any, Any] = {}
    # A stranger is stopped at the door, whatever he asks for.
    for who in sorted(EVERYBODY):
        foreign = keys.named(house.ours if who == "neighbour_clerk" else house.theirs)
        said = expected(row.absent, who, rest=404)
        for method in ["get"] * reads + ["post"] * (sends and (who in TRYING or not reads)):
            seen = []
            for those in (foreign, keys.unknown()):
                path, page = address(name, those), who in TRYING
                answer, left = asked(house, who, method, path, row, as_a_person=page)
                seen.append(_looks(answer, those))
                if (answer.status_code, bool(left)) != (said, False):
                    wrong[who, method] = (answer.status_code, said, left)
            if seen[0] != seen[1]:
                wrong[who, method] = [line for line in seen[0] if line not in seen[1]]
    assert wrong == {}


TRYING = ("lin", "clerk", "edu_handler", "neighbour_clerk")
_MADE = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"')


def _looks(answer: Any, keys: dict[str, str]) -> list[str]:
    """Headers and lines of the page, without the keys asked for and what is new on every page."""
    page = _MADE.sub("", answer.content.decode())
    for name, key in keys.items():
        page = page.replace(str(key), name.upper())
    headers = [f"{name}: {value}" for name, value in answer.items() if name != "Content-Length"]
    return [*headers, *page.splitlines()]


@pytest.mark.parametrize("name", MATRIX)
def test_asking_for_less_than_a_page_writes_nothing(house: House, name: str) -> None:
    """HEAD answers like GET; OPTIONS and TRACE are no way in."""
    row = MATRIX[name]
    path = address(name, KEYS[name].named(house.ours) if name in KEYS else {})
    for who in ("clerk", "lin"):
        browser = house.browser(who)
        with writes() as written:
            head = browser.head(path)
            other = [browser.options(path).status_code, browser.trace(path).status_code]
        let_go(head)
        assert head.status_code == expected(row.get, who, rest=row.rest), who
        assert set(other) <= {403, 404, 405}, who
        assert written == [], who
