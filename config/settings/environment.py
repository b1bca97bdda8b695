"""Read the environment and refuse nonsense aloud, before anything runs on a misread value."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

#: What Django's own check asks for.
SECRET_LENGTH_MIN = 50
SECRET_SIGNS_MIN = 5


def env_bool(name: str, *, default: bool) -> bool:
    """Return True for `1` or `true`, False for `0` or `false`.

    :raises ImproperlyConfigured: if it is anything else.
    """
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true"}:
        return True
    if value in {"0", "false"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def env_int(name: str, *, default: int) -> int:
    """Return a whole number.

    :raises ImproperlyConfigured: if it is not one.
    """
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def env_list(name: str, *, default: str) -> list[str]:
    """Return the comma-separated parts, without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_secret(name: str, *, kept_in: Path) -> str:
    """Return NAME, or the content of the file NAME_FILE names, or a secret made once and kept in a file.

    :raises ImproperlyConfigured: if the file that was named cannot be read or is empty.
    """
    if value := os.environ.get(name, ""):
        return value
    named = os.environ.get(f"{name}_FILE", "")
    if named:
        try:
            content = Path(named).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {named}, which cannot be read.") from error
        if not content:
            raise ImproperlyConfigured(f"{name}_FILE names {named}, which is empty.")
        return content
    return _kept_secret(kept_in)


def refuse_careless_secret(name: str, secret: str, *, kept_in: Path) -> None:
    """Refuse, where Trama is served to others, a secret that somebody else may know.

    :raises ImproperlyConfigured: if it is the one kept beside the books (and so in every copy of them), one made for
        trying things out, or short.
    """
    kept = kept_in.read_text(encoding="utf-8").strip() if kept_in.is_file() else ""
    how = f'Set {name}, or {name}_FILE, to a new one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    if secret == kept:
        raise ImproperlyConfigured(
            f"Served by HTTPS, the secret comes from the surroundings, not from {kept_in}. {how}"
        )
    if secret.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} is a secret for trying things out. {how}")
    if len(secret) < SECRET_LENGTH_MIN or len(set(secret)) < SECRET_SIGNS_MIN:
        raise ImproperlyConfigured(f"{name} is too easy to guess: write at least {SECRET_LENGTH_MIN} signs. {how}")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secret)
    return secret
