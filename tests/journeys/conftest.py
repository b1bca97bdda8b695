"""Chromium for the journeys: each person gets a browser context of their own and logs in as anybody does."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from network.models import User
from tests.cast import Cast
from tests.journeys.inspector import Inspector
from tests.journeys.people import Person
from tests.journeys.world import World

# Playwright's synchronous door runs an event loop in this thread; Django sees it and would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 800
PATIENCE_MS = 15_000

#: Open a browser: `person(user, width=…, javascript=…, language=…)`; without a user nobody logs in.
Arrive = Callable[..., Person]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium: Playwright brings none of its own here."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("Chromium is missing. Install it: apt-get install -y --no-install-recommends chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def person(browser: Browser, live_server: LiveServer) -> Iterator[Arrive]:
    """Return how to bring somebody to a browser; what went wrong in any of them fails the test at its end."""
    cache.clear()  # where the door counts who knocks how often
    people: list[Person] = []

    def arrive(
        user: User | None = None, *, width: int = 1200, javascript: bool = True, language: str = "es-AR"
    ) -> Person:
        context = browser.new_context(
            locale=language,
            java_script_enabled=javascript,
            viewport={"width": width, "height": HEIGHT},
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        someone = Person(context, live_server.url, language=language)
        people.append(someone)
        if user is not None:
            someone.log_in(user)
        return someone

    yield arrive
    for each in people:
        each.context.close()
    assert not [problem for each in people for problem in each.problems]


@pytest.fixture
def world(cast: Cast, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return World.assemble(cast)


@pytest.fixture
def inspector(person: Arrive):
    """Return how to send an inspector who logs in as somebody; it says its verdict by itself."""
    sent: list[Inspector] = []

    def send(user=None) -> Inspector:
        sent.append(Inspector(person(user)))
        return sent[-1]

    yield send
    for each in sent:
        each.verdict()
