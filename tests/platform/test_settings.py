"""Served to others, the program refuses to start with a secret that somebody else may know; letters find their way."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.celery import app
from tests.platform.house_rules import ROOT

SECRET = "from django.conf import settings; print(len(settings.SECRET_KEY))"


def start(data: Path, *, program: str = SECRET, **variables: str) -> "subprocess.CompletedProcess[str]":
    surroundings = {name: text for name, text in os.environ.items() if not name.startswith("TRAMA_")}
    surroundings |= {"TRAMA_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.base"} | variables
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )


class TestSecret:
    def test_is_made_and_kept_for_oneself_alone(self, tmp_path: Path):
        assert start(tmp_path).returncode == 0
        assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0

    def test_comes_from_outside_when_others_are_served(self, tmp_path: Path):
        started = start(tmp_path, TRAMA_HTTPS="1")

        assert started.returncode != 0
        assert "ImproperlyConfigured: Served by HTTPS, the secret comes from the surroundings" in started.stderr

    def test_is_not_the_one_that_lies_beside_the_books(self, tmp_path: Path):
        start(tmp_path)

        kept = tmp_path / "secret_key"
        assert start(tmp_path, TRAMA_HTTPS="1", TRAMA_SECRET_KEY_FILE=str(kept)).returncode != 0
        assert start(tmp_path, TRAMA_HTTPS="1", TRAMA_SECRET_KEY=kept.read_text()).returncode != 0

    @pytest.mark.parametrize("secret", ["corta", "a" * 60, f"django-insecure-{'abcdefgh' * 8}"])
    def test_is_not_easy_to_guess(self, tmp_path: Path, secret: str):
        assert start(tmp_path, TRAMA_HTTPS="1", TRAMA_SECRET_KEY=secret).returncode != 0

    def test_of_ones_own_starts(self, tmp_path: Path):
        secret = secrets.token_urlsafe(48)
        (tmp_path / "secreto").write_text(secret)

        assert start(tmp_path, TRAMA_HTTPS="1", TRAMA_SECRET_KEY=secret).returncode == 0
        assert start(tmp_path, TRAMA_HTTPS="1", TRAMA_SECRET_KEY_FILE=str(tmp_path / "secreto")).returncode == 0


class TestEmail:
    def told(self, data: Path, **variables: str) -> str:
        asked = "print(settings.EMAIL_BACKEND.split('.')[-2], settings.EMAIL_HOST, settings.EMAIL_PORT)"
        return start(data, program=f"from django.conf import settings; {asked}", **variables).stdout.strip()

    def test_stays_in_files_until_a_mail_server_is_named(self, tmp_path: Path):
        assert self.told(tmp_path) == "filebased localhost 25"
        named = self.told(tmp_path, TRAMA_EMAIL_URL="smtp+tls://trama:clave@correo.example.org:587")
        assert named == "smtp correo.example.org 587"


class TestBeat:
    def test_names_tasks_that_there_are(self):
        app.loader.import_default_modules()

        assert {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
