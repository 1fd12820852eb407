from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "huiyin.supervision"
    label = "supervision"
    verbose_name = _("supervision")

    def ready(self) -> None:
        # Models and lifecycles can be imported only once all apps are loaded.
        from huiyin.ledger import words as ledger_words
        from huiyin.outbox import jobs
        from huiyin.outbox import words as outbox_words
        from huiyin.suggestions import blocks, papers, present
        from huiyin.supervision import entries, words
        from huiyin.supervision.blocks import block
        from huiyin.supervision.lifecycle import PROBLEM, PROJECT, TOPIC
        from huiyin.supervision.models import SupervisedCase, TopicCase
        from huiyin.supervision.services import make_tasks

        ledger_words.register(words.RECORDED)
        outbox_words.register(words.TOLD)
        papers.register(TOPIC, english="Each key topic", chinese="重点处理建议")
        papers.register(PROBLEM, english="Each problem found", chinese="督办发现的问题")
        papers.register(PROJECT, english="Each micro-project", chinese="微实事项目")
        entries.register()
        blocks.register("supervision", block)
        present.register("key topics", TopicCase, "suggestion")
        present.register("supervision acts", SupervisedCase, "suggestion")
        jobs.register("rhythms", lambda at: make_tasks(at=at))
