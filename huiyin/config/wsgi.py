"""The application a server loads. It refuses to be loaded into an unsafe instance."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

application = get_wsgi_application()

from huiyin.config.checks import refuse_unsafe_start  # noqa: E402 - needs the registry filled above

refuse_unsafe_start()

# A page makes some ten thousand small objects, nearly all of them gone with its answer. With
# Python's own thresholds every page pays for looking through them several times, and now and then
# for looking through the whole program.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
