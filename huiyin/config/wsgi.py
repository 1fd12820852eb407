"""The application a server loads. It refuses to be loaded into an unsafe instance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

application = get_wsgi_application()

from huiyin.config.checks import refuse_unsafe_start  # noqa: E402 - needs the registry filled above

refuse_unsafe_start()
