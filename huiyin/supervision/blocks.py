"""What this room shows on the page of a suggestion."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin.suggestions.blocks import Block
from huiyin.supervision.stages import SupervisionForm, TopicStage
from huiyin.supervision.supervising import acts_for
from huiyin.supervision.topics import open_topics_of

# How many acts of supervision stand on the page of a case; the list has them all.
SHOWN = 5


def block(file: Any) -> Block | None:
    """Its key topics and the latest acts of supervision; None where he may know of none."""
    kinds = file.scene.kinds
    if not kinds & {"key topics", "supervision acts"}:
        return None
    topics = [
        (
            topic,
            _("Key topic of %(year)s") % {"year": topic.year},
            TopicStage(topic.stage).label,
        )
        for topic in open_topics_of(file.case, file.scene.actor)
    ]
    acts = list(acts_for(file.scene.actor).filter(cases__suggestion=file.case)[:SHOWN])
    if not topics and not acts:
        return None
    shown = {
        "topics": topics,
        "acts": [(each, SupervisionForm(each.form).label) for each in acts],
    }
    return Block(template="supervision/_block.html", shown=shown)
