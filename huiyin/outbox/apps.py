from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "huiyin.outbox"
    label = "outbox"
    verbose_name = _("notices")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from huiyin.ledger import words as ledger_words
        from huiyin.outbox import digests, jobs, sending, undelivered

        ledger_words.register({undelivered.SENT_AGAIN: _("Letter sent again")})
        jobs.register_daily("digests", lambda at: digests.compose(at=at), hour=jobs.MORNING)
        jobs.register("letters", lambda at: sending.send_due(at=at))
