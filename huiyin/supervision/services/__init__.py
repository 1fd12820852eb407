"""The only writers of this room."""

from huiyin.supervision.services.acting import (
    Supervised,
    answer_problem,
    list_problem,
    notify_problem,
    recheck_problem,
    record_supervision,
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
    "Said",
    "Supervised",
    "answer_problem",
    "decide_topic",
    "decline_topic",
    "give_topic_opinion",
    "issue_circular",
    "keep_minutes",
    "list_problem",
    "make_tasks",
    "name_leaders",
    "notify_problem",
    "plan_topic",
    "propose_topic",
    "recheck_problem",
    "record_supervision",
    "record_vote",
    "report_topic",
    "send_topic_letter",
    "set_counterparts",
    "set_rhythm",
]
