"""A person at a browser: what they read, write and press, in the words of the page and in their own language."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from network.models import User
from tests.make import PASSWORD

#: The browser's locale → Django's language.
LANGUAGES = {"es-AR": "es-ar", "en": "en"}


class Person:
    """Somebody with a browser of their own. Words are msgids: the person reads them in their language."""

    def __init__(self, context: BrowserContext, site: str, *, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.problems: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that says no (404, 422) is a page; what it loads must be there. Violated policies are told here, too.
        is_the_page_itself = message.text.startswith("Failed to load resource") and "/static/" not in str(
            message.location.get("url")
        )
        if message.type == "error" and not is_the_page_itself:
            self.problems.append(f"{self.page.url}: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.url}: {response.status}")

    def read(self, msgid: str, plural: str = "", count: int = 0, **values: object) -> str:
        """Return what the page says for this msgid in the person's language."""
        with translation.override(LANGUAGES[self.language]):
            text = ngettext(msgid, plural, count) if plural else gettext(msgid)
        return text % values if values else text

    def log_in(self, user: User) -> None:
        self.go("/")
        self.page.locator("input[name=login]").fill(user.email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        with self._new_page():
            self.page.locator("main button[type=submit], main form button").first.click()

    def prove(self) -> None:
        """Write the password once more, where the page asks who has long been inside."""
        self.page.locator("main input[name=password]").fill(PASSWORD)
        self.press("Go on")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.look_at_the_width()

    def follow(self, msgid: str, *, within: Locator | None = None, **values: object) -> None:
        name = self.read(msgid, **values)
        if within is None:
            self._open_menu(name)
        with self._new_page():
            (within or self.page).get_by_role("link", name=name, exact=True).first.click()

    def _open_menu(self, name: str) -> None:
        """Open the part of the menu that holds this link, as whoever looks for it does."""
        shut = self.page.locator(".menu:not([open])", has=self.page.get_by_text(name, exact=True))
        if shut.count() and not self.page.get_by_role("link", name=name, exact=True).count():
            shut.first.locator("summary").click()

    def press(self, msgid: str, *, within: Locator | None = None, **values: object) -> None:
        name = self.read(msgid, **values)
        with self._new_page():
            (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def unfold(self, msgid: str, *, within: Locator | None = None) -> None:
        (within or self.page).locator("summary", has_text=self.read(msgid)).first.click()

    def write(self, msgid: str, text: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(self.read(msgid)).first.fill(text)

    def choose(self, msgid: str, option: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(self.read(msgid), exact=True).select_option(label=option)

    def sees(self, msgid: str, *, within: Locator | None = None, **values: object) -> None:
        """Check that the page says so, waiting a little for what is still coming."""
        expect(within or self.page.locator("body")).to_contain_text(self.read(msgid, **values))

    def group(self, msgid: str, *, within: Locator | None = None, **values: object) -> Locator:
        """Return the part of a form that has this legend or label."""
        return (within or self.page).get_by_role("group", name=self.read(msgid, **values), exact=True)

    def region(self, msgid: str, **values: object) -> Locator:
        """Return the section with this heading."""
        return self.page.get_by_role("region", name=self.read(msgid, **values), exact=True)

    def look_at_the_width(self) -> None:
        """Check that the page is no wider than the screen."""
        size = self.page.viewport_size
        assert size is not None
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            self.problems.append(f"{self.page.url} is {wide} px wide on a screen of {size['width']} px")

    @contextmanager
    def _new_page(self) -> Iterator[None]:
        with self.page.expect_navigation(wait_until="load"):
            yield
        self.look_at_the_width()
