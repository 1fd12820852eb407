from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "huiyin.promises"
    label = "promises"
    verbose_name = _("promises")

    def ready(self) -> None:
        # Models and lifecycles can be imported only once all apps are loaded.
        from huiyin.ledger import words as ledger_words
        from huiyin.outbox import words as outbox_words
        from huiyin.promises import entries, rebuild, selectors, words
        from huiyin.promises.lifecycle import PROMISE
        from huiyin.promises.models import Promise
        from huiyin.promises.services import opening
        from huiyin.suggestions import joining, named_sets, papers, present
        from huiyin.suggestions import rebuild as cases

        ledger_words.register(words.RECORDED)
        outbox_words.register(words.TOLD)
        joining.register("promises", opening.DELIVERED | opening.CORRECTED, opening.open_promises)
        cases.register("promises", rebuild.differences)
        present.register("promises", Promise, "suggestion")
        papers.register(PROMISE, english="Each promise", chinese="承诺事项")
        named_sets.register("promise_overdue", selectors.with_overdue)
        entries.register()
