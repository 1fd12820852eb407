"""What this room shows on the page of a suggestion."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin.suggestions.blocks import Block
from huiyin.supervision.stages import TopicStage
from huiyin.supervision.topics import open_topics_of


def block(file: Any) -> Block | None:
    """The key topics a case belongs to. None where the reader may know of none."""
    topics = [
        (
            topic,
            _("Key topic of %(year)s") % {"year": topic.year},
            TopicStage(topic.stage).label,
        )
        for topic in open_topics_of(file.case, file.scene.actor)
    ]
    if not topics:
        return None
    return Block(template="supervision/_block.html", shown={"topics": topics})
