from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "huiyin.outbox"
    label = "outbox"
    verbose_name = _("notices")

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from huiyin.outbox import jobs, sending

        jobs.register("letters", lambda at: sending.send_due(at=at))
