"""Every setting, read from the environment; `docs/operations.md` lists the variables."""

import os
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.settings.environment import env_bool, env_int, env_list, env_secret, refuse_careless_secret

ROOT = Path(__file__).resolve().parent.parent.parent

# Everything that the program writes lies under DATA: two installations live side by side with two folders.
DATA = Path(os.environ.get("TRAMA_DATA", ROOT / "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = env_bool("TRAMA_DEBUG", default=False)
SERVED_BY_HTTPS = env_bool("TRAMA_HTTPS", default=False)
SECRET_KEY = env_secret("TRAMA_SECRET_KEY", kept_in=DATA / "secret_key")
if SERVED_BY_HTTPS:
    refuse_careless_secret("TRAMA_SECRET_KEY", SECRET_KEY, kept_in=DATA / "secret_key")
ALLOWED_HOSTS = env_list("TRAMA_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("TRAMA_ORIGINS", default="")
# The key that reports are signed with, a PKCS#12 file; none: they are not signed.
SIGNING_KEY = os.environ.get("TRAMA_SIGNING_KEY", "")
SIGNING_PASSPHRASE = os.environ.get("TRAMA_SIGNING_PASSPHRASE", "")
# What papers lead to. Without a name for it the same on every port: the same paper made again must have the same bytes.
ADDRESS = CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "http://localhost:8000"

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "network",
    "ledger",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # A page that forgets to ask who is there is closed, not open; the few open ones say `login_not_required`.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "network.web.wall.WallMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

# --- Database: SQLite embedded by default, PostgreSQL where it is served to many -----------------------------
if url := os.environ.get("DATABASE_URL"):
    DATABASES = {"default": environ.Env.db_url_config(url)}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["CONN_MAX_AGE"] = 60
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
        # Lets `ledger/actions/engines.py` prepare its statements; Django itself prepares none.
        OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
        OPTIONS["prepare_threshold"] = 5
        # Commands and workers read every book; each request says whose it may read (`network/web/wall.py`).
        OPTIONS["options"] = f"{OPTIONS.get('options', '')} -c trama.reads=all".strip()
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "trama.sqlite3")}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A reader that later writes would fail with "database is locked" in DEFERRED mode: measured.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a posted event survives a power cut; NORMAL may lose the last commits.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;"
        ),
    }

# --- Workers: docs/decisions/0004-job-rows.md ---------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"reports.tasks.*": {"queue": "reports"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than the hard time limit, or a long task would be given out twice
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # Two installations may share one Redis server.
    "global_keyprefix": os.environ.get("TRAMA_REDIS_PREFIX", ""),
}
# The web process gives up soon: the sweep announces again what was not announced.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_TIMEZONE = "America/Argentina/Buenos_Aires"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "ledger.tasks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "reconcile": {"task": "ledger.tasks.reconcile_changes", "schedule": 300.0, "options": {"expires": 300}},
    "reconcile-all": {"task": "ledger.tasks.reconcile_everything", "schedule": crontab(hour=3, minute=10)},
    "seal": {"task": "ledger.tasks.seal_new", "schedule": 60.0, "options": {"expires": 60}},
    "verify": {"task": "ledger.tasks.verify_changes", "schedule": 600.0, "options": {"expires": 600}},
    "expire-holds": {"task": "ledger.tasks.expire_holds", "schedule": crontab(hour=0, minute=5)},
    # Several times a morning: a later run takes up what a killed one, or a mail server that was away, has left.
    "remind": {"task": "ledger.tasks.remind", "schedule": crontab(hour="8-12", minute=20)},
    "close-batches": {"task": "reports.tasks.close_batches", "schedule": 60.0, "options": {"expires": 60}},
    "verify-all": {"task": "ledger.tasks.verify_everything", "schedule": crontab(hour=4, minute=10)},
}
# A running job whose heart has not beaten for so long is taken over; a waiting one is announced again.
JOB_STALE_SECONDS = env_int("TRAMA_JOB_STALE_SECONDS", default=60)
JOB_REANNOUNCE_SECONDS = env_int("TRAMA_JOB_REANNOUNCE_SECONDS", default=120)
JOB_ATTEMPTS_MAX = 5

# Counts who knocks at the door how often, for every process at once. In the database, not in Redis: one may log in
# while Redis is down, and Redis evicts nothing here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "trama_cache",
        # Else Django throws away a third of the counts at the 301st, and whoever guesses passwords begins anew.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Who may enter is decided by an assembly, not by a form.
ACCOUNT_ADAPTER = "network.web.login.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
# Tell people by e-mail when a password, an address or a second factor of theirs has changed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Guessing: so many tries a minute from one place, and so many in five minutes for one login, wherever they come from.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
# How many proxies of our own stand in front: who knocks is told by the last of them, never by what a stranger writes.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRAMA_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# People are let in by their cooperative, which knows them: no letter to an address has to prove who they are.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Trama"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are a little off
EMAIL_BACKEND = os.environ.get("TRAMA_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(DATA / "mail")
# A mail server that hangs holds up no worker.
EMAIL_TIMEOUT = 20
if url := os.environ.get("TRAMA_EMAIL_URL"):
    vars().update(environ.Env.email_url_config(url) | {"EMAIL_FILE_PATH": EMAIL_FILE_PATH})
DEFAULT_FROM_EMAIL = os.environ.get("TRAMA_EMAIL_FROM", "trama@localhost")

# --- Words and numbers --------------------------------------------------------------------------------------
LANGUAGE_CODE = "es-ar"
LANGUAGES = [("es-ar", "Español"), ("en", "English")]
LOCALE_PATHS = [ROOT / "config" / "locale"]
TIME_ZONE = "America/Argentina/Buenos_Aires"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Files ----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "config" / "static"]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100_000  # the repair page of an upload shows a page of rows at a time
FILE_UPLOAD_TEMP_DIR = None

# --- Safety ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SESSION_COOKIE_SECURE = SERVED_BY_HTTPS
CSRF_COOKIE_SECURE = SERVED_BY_HTTPS
SECURE_SSL_REDIRECT = SERVED_BY_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_BY_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_BY_HTTPS
SECURE_HSTS_PRELOAD = SERVED_BY_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_BY_HTTPS else None
X_FRAME_OPTIONS = "DENY"
# Two installations on one host, on two ports, share the host's cookies: each has its own names.
COOKIE_SUFFIX = os.environ.get("TRAMA_COOKIE_SUFFIX", "")
SESSION_COOKIE_NAME = f"trama_session{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"trama_csrf{COOKIE_SUFFIX}"
LANGUAGE_COOKIE_NAME = f"trama_language{COOKIE_SUFFIX}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TRAMA_LOG_LEVEL", "WARNING")},
}
