"""The only writers of this room."""

from huiyin.supervision.services.acting import (
    Supervised,
    answer_problem,
    list_problem,
    notify_problem,
    recheck_problem,
    record_supervision,
)
from huiyin.supervision.services.fund import (
    Money,
    add_budget,
    apply_for_project,
    approve_project,
    decline_project,
    finish_project,
    open_fund,
    spend_on_project,
)
from huiyin.supervision.services.looking import mark_looked
from huiyin.supervision.services.records import (
    Result,
    issue_bulletin,
    record_outcome,
    record_paper,
    record_publicity,
)
from huiyin.supervision.services.rhythms import (
    issue_circular,
    keep_minutes,
    make_tasks,
    set_counterparts,
    set_rhythm,
)
from huiyin.supervision.services.taking import Said
from huiyin.supervision.services.topics import (
    Count,
    Led,
    decide_topic,
    decline_topic,
    give_topic_opinion,
    name_leaders,
    plan_topic,
    propose_topic,
    record_vote,
    report_topic,
    send_topic_letter,
)

__all__ = [
    "Count",
    "Led",
    "Money",
    "Result",
    "Said",
    "Supervised",
    "add_budget",
    "answer_problem",
    "apply_for_project",
    "approve_project",
    "decide_topic",
    "decline_project",
    "decline_topic",
    "finish_project",
    "give_topic_opinion",
    "issue_bulletin",
    "issue_circular",
    "keep_minutes",
    "list_problem",
    "make_tasks",
    "mark_looked",
    "name_leaders",
    "notify_problem",
    "open_fund",
    "plan_topic",
    "propose_topic",
    "recheck_problem",
    "record_outcome",
    "record_paper",
    "record_publicity",
    "record_supervision",
    "record_vote",
    "report_topic",
    "send_topic_letter",
    "set_counterparts",
    "set_rhythm",
    "spend_on_project",
]
