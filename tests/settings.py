"""The ordinary settings, in a folder of their own and with what only costs time taken away."""

import os
import tempfile

# Read when the settings are: without it the tests would write into the developer's own instance.
os.environ["HUIYIN_HOME"] = tempfile.mkdtemp(prefix="huiyin-tests-")
for _name in ("HUIYIN_HOSTS", "HUIYIN_HTTPS", "HUIYIN_DEBUG", "HUIYIN_DEMO", "HUIYIN_TODAY"):
    os.environ.pop(_name, None)

from huiyin.config.settings import *  # noqa: F403, E402 - after the folder is named
from huiyin.config.settings import (  # noqa: E402
    DATABASES,
    HUIYIN_HOME,
    INSTALLED_APPS,
    STATIC_ROOT,
)

# WhiteNoise warns of a folder that is not there, and a warning is an error here.
STATIC_ROOT.mkdir(exist_ok=True)

# Kinds of facts that only the ledger's own tests know.
INSTALLED_APPS += ["huiyin.ledger.tests.sample"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_default = DATABASES["default"]
if _default["ENGINE"].endswith("sqlite"):
    # A file, as in an office: two connections to a database in memory lock each other out
    # where two connections to a file wait. Nobody pulls the plug on a test.
    _default["TEST"] = {"NAME": HUIYIN_HOME / "test.sqlite3"}
    _default["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA recursive_triggers=ON;"
    )
else:
    # A kept connection would stop the test database from being dropped.
    _default["CONN_MAX_AGE"] = 0
