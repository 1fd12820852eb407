from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"
    label = "suggestions"
    verbose_name = _("suggestions")

    def ready(self) -> None:
        # Models and lifecycles can be imported only once all apps are loaded.
        from huiyin.ledger import words as ledger_words
        from huiyin.outbox import jobs, timing
        from huiyin.outbox import words as outbox_words
        from huiyin.suggestions import entries, told_of_urgings, words
        from huiyin.suggestions.importing import entries as importing_entries
        from huiyin.suggestions.services import ladder, rating, reminding

        ledger_words.register(words.RECORDED)
        outbox_words.register(words.TOLD)
        timing.register(told_of_urgings.PRESSING)
        entries.register()
        importing_entries.register()
        jobs.register_daily("urgings", lambda at: ladder.urge_due(at=at))
        jobs.register_daily("unread", lambda at: ladder.bring_unread(at=at))
        jobs.register("ratings", lambda at: rating.settle_ratings(at=at))
        jobs.register("reminders", lambda at: reminding.remind_to_rate(at=at))
