"""What the tests of pages share: a browser that speaks a language, and what a page says in it."""

import uuid
from typing import Any

from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from network.models import User

LANGUAGES = ("es-ar", "en")


def browser(user: User, language: str = "es-ar") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def says(response: Any, msgid: str, *, language: str = "es-ar", **values: object) -> bool:
    """Say whether the page says this sentence in that language."""
    with translation.override(language):
        sentence = gettext(msgid)
    return escape(sentence % values if values else sentence) in response.content.decode()


def side(prefix: str, *rows: dict[str, str], total: object = None) -> dict[str, str]:
    """Return the rows of one side as a browser sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(rows) if total is None else total), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": text for name, text in row.items()}
    return sent


def key() -> str:
    return str(uuid.uuid4())
