"""Somebody who looks at pages with axe, in both languages, on a phone and on a desk."""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.people import Person

#: At which widths each language is looked at: English says the same things in fewer letters.
WIDTHS = {"es-AR": (360, 1200), "en": (360,)}
AXE = Axe()


class Inspector:
    """Somebody who goes through pages and notes what axe says, at every width, with all that folds unfolded.

    A page that is visited is looked at in both languages, its own last; what answers a form in its own alone.
    """

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.found: list[str] = []

    def visit(self, *paths: str, status: int = 200) -> None:
        others = [language for language in WIDTHS if language != self.person.language]
        for path in paths:
            for language in (*others, self.person.language):
                self.page.set_extra_http_headers({"Accept-Language": language})
                response = self.page.goto(f"{self.person.site}{path}")
                assert response is not None
                if response.status != status:
                    self.found.append(f"{path}: {response.status}")
                spoken = self.page.evaluate("document.documentElement.lang")
                if not spoken.lower().startswith(language[:2].lower()):
                    self.found.append(f"{path}: asked for in {language}, answered in {spoken}")
                self.inspect(language)

    def inspect(self, language: str = "") -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for width in WIDTHS[language or self.person.language]:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.person.look_at_the_width()
            results = AXE.run(self.page)
            for violation in results.response["violations"]:
                nodes = "; ".join(node["html"][:200] for node in violation["nodes"][:3])
                self.found.append(f"{self.page.url} at {width} px: {violation['id']}: {violation['help']}: {nodes}")

    def verdict(self) -> None:
        assert not self.found, "\n".join(self.found)
