from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"
    label = "suggestions"
    verbose_name = _("suggestions")

    def ready(self) -> None:
        # Models and lifecycles can be imported only once all apps are loaded.
        from huiyin.ledger import words as ledger_words
        from huiyin.outbox import jobs
        from huiyin.outbox import words as outbox_words
        from huiyin.suggestions import entries, words
        from huiyin.suggestions.importing import entries as importing_entries
        from huiyin.suggestions.services import rating, reminding

        ledger_words.register(words.RECORDED)
        outbox_words.register(words.TOLD)
        entries.register()
        importing_entries.register()
        jobs.register("ratings", lambda at: rating.settle_ratings(at=at))
        jobs.register("reminders", lambda at: reminding.remind_to_rate(at=at))
