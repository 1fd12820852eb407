"""Settings of every instance, small or large.

Nothing needs to be set: a fresh clone runs on SQLite in the current folder. Whatever differs from
machine to machine is one ``HUIYIN_*`` variable, read here and nowhere else, and explained in
docs/operations/configuration.md; a test holds the two together.
"""

import warnings
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from huiyin.config import env

PACKAGE = Path(__file__).resolve().parent.parent
HUIYIN_HOME = env.folder("HUIYIN_HOME") or Path.cwd()

DEBUG = env.flag("HUIYIN_DEBUG", default=False)
SECRET_KEY = env.secret_key("HUIYIN_SECRET_KEY", kept_in=HUIYIN_HOME / ".secret-key")

# --- Rehearsal. A demo offers sign-in by one click; the day of rehearsal replaces today's date.

HUIYIN_DEMO = env.flag("HUIYIN_DEMO", default=False)
HUIYIN_TODAY = env.day("HUIYIN_TODAY")
HUIYIN_REAL_DATA = env.folder("HUIYIN_REAL_DATA")

# --- Where it is reached. Loopback alone may do without TLS.

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("HUIYIN_HOSTS") or LOOPBACK
HUIYIN_HTTPS = env.flag("HUIYIN_HTTPS", default=not set(ALLOWED_HOSTS) <= set(LOOPBACK))
# A letter is written when nobody asks for a page: only this says where its links lead.
HUIYIN_PUBLIC_URL = env.site("HUIYIN_PUBLIC_URL")
HUIYIN_TRUST_PROXY = env.flag("HUIYIN_TRUST_PROXY", default=False)

# --- Rooms.

INSTALLED_APPS = [
    "huiyin.config",
    "huiyin.ledger",
    "huiyin.organisations",
    "huiyin.accounts",
    "huiyin.outbox",
    "huiyin.documents",
    "huiyin.ui",
    "huiyin.suggestions",
    "huiyin.promises",
    "huiyin.supervision",
    "huiyin.reporting",
    "huiyin.web",
    "huiyin.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Its field and widget templates, so that ours can replace them one by one.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "huiyin.ui.middleware.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "huiyin.ui.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "huiyin.ui.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "huiyin.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "huiyin.ui.errors.csrf_failure"
# Session storage: a message names a case, and a cookie would leave it on a shared machine.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Database. SQLite unless a PostgreSQL host is named.

DATABASES: dict[str, dict[str, Any]]
if database_host := env.text("HUIYIN_DB_HOST"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": database_host,
            "PORT": env.text("HUIYIN_DB_PORT", "5432"),
            "NAME": env.text("HUIYIN_DB_NAME", "huiyin"),
            "USER": env.text("HUIYIN_DB_USER", "huiyin"),
            "PASSWORD": env.text("HUIYIN_DB_PASSWORD"),
            # A new connection for each request costs two thirds of the throughput.
            "CONN_MAX_AGE": env.whole("HUIYIN_DB_KEEP_SECONDS", 600),
            "CONN_HEALTH_CHECKS": True,
            # Compiling a question of many counts takes seconds and saves milliseconds; rows are
            # fetched by their index where a disk does not turn.
            "OPTIONS": {
                "options": env.text("HUIYIN_DB_OPTIONS", "-c jit=off -c random_page_cost=1.1")
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "huiyin.config.sqlite",
            "NAME": env.folder("HUIYIN_SQLITE_FILE") or HUIYIN_HOME / "huiyin.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # The write lock is taken when a transaction begins: taken half-way through,
                # of two writers one fails with "database is locked" whatever the time-out.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged act survives a power cut; NORMAL in WAL loses it.
                "init_command": (
                    "PRAGMA journal_mode=WAL;"
                    "PRAGMA synchronous=FULL;"
                    # Without it INSERT OR REPLACE throws out a fact and no trigger hears of it.
                    "PRAGMA recursive_triggers=ON;"
                    "PRAGMA journal_size_limit=67108864;"
                    "PRAGMA mmap_size=268435456;"
                    "PRAGMA cache_size=-20000;"
                ),
            },
        }
    }

# --- People, passwords, sessions.

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "phone", "email")},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if HUIYIN_HTTPS else "huiyin-session"
SESSION_COOKIE_SECURE = HUIYIN_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Saving at every request would set a cookie on answers that never looked at the session.
SESSION_SAVE_EVERY_REQUEST = False
SESSION_IDLE_SECONDS = 60 * env.whole("HUIYIN_IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = 3600 * env.whole("HUIYIN_SESSION_HOURS", 12)

# --- What the browser is told.

CSRF_COOKIE_NAME = "__Host-csrf" if HUIYIN_HTTPS else "huiyin-csrf"
CSRF_COOKIE_SECURE = HUIYIN_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' + host if host.startswith('.') else host}"
    for host in ALLOWED_HOSTS
    if HUIYIN_HTTPS and host != "*"
]

SECURE_SSL_REDIRECT = HUIYIN_HTTPS
SECURE_HSTS_SECONDS = 2 * 365 * 86400 if HUIYIN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HUIYIN_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HUIYIN_TRUST_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Language and time.

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "huiyin-language"
LANGUAGE_COOKIE_SECURE = HUIYIN_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
# The rooms are found by themselves; the kernel is no room and has words of its own.
LOCALE_PATHS = [PACKAGE / "kernel" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files.

STATIC_URL = "static/"
STATIC_ROOT = HUIYIN_HOME / "static"
# Until they have been collected, static files are found in the rooms.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
if WHITENOISE_USE_FINDERS:
    # That the folder is not there yet is no fault worth a line at every start.
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "huiyin.config.static.HashedOnceCollected"},
}
# No MEDIA_URL: attachments are handed out by a view that asks who is reading.
MEDIA_ROOT = HUIYIN_HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o640
HUIYIN_UPLOAD_MEGABYTES = env.whole("HUIYIN_UPLOAD_MEGABYTES", 50)
FILE_UPLOAD_HANDLERS = [
    "huiyin.documents.receiving.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Letters. They are printed until a mail server is named.

EMAIL_HOST = env.text("HUIYIN_EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.whole("HUIYIN_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("HUIYIN_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("HUIYIN_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("HUIYIN_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("HUIYIN_EMAIL_FROM", "huiyin@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Short messages. An SMS gateway is named or there is none; robots live at their makers' hosts.

HUIYIN_SMS_URL = env.text("HUIYIN_SMS_URL")
HUIYIN_SMS_TOKEN = env.text("HUIYIN_SMS_TOKEN")
HUIYIN_ROBOT_HOSTS = env.words("HUIYIN_ROBOT_HOSTS")

# --- Logs: one line for each event, to the error stream.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "huiyin.config.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("HUIYIN_LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers mail the administrators or print twice.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
