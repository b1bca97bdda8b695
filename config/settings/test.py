"""What tests change: a fast hash for made-up passwords, and e-mail that stays in memory."""

from config.settings.base import *  # noqa: F403  # settings are one namespace by Django's design

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Static files are looked for when asked for: a list of them all for every client of every test is a tenth of the time.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that other processes reach it: workers, and clients that post at the same time.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
    # Tests survive no power cut.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
