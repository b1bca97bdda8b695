"""Somebody who looks at pages with axe, in either language, on a phone and on a desk."""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.people import Person

#: At which widths each language is looked at: English says the same things in fewer letters.
WIDTHS = {"es-AR": (360, 1200), "en": (360,)}
AXE = Axe()


class Inspector:
    """Somebody who goes through pages and notes what axe says, at every width, with all that folds unfolded."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.widths = WIDTHS[person.language]
        self.found: list[str] = []

    def visit(self, *paths: str, status: int = 200) -> None:
        for path in paths:
            response = self.page.goto(f"{self.person.site}{path}")
            assert response is not None
            if response.status != status:
                self.found.append(f"{path}: {response.status}")
            self.inspect()

    def inspect(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.person.look_at_the_width()
            results = AXE.run(self.page)
            for violation in results.response["violations"]:
                nodes = "; ".join(node["html"][:200] for node in violation["nodes"][:3])
                self.found.append(f"{self.page.url} at {width} px: {violation['id']}: {violation['help']}: {nodes}")

    def verdict(self) -> None:
        assert not self.found, "\n".join(self.found)
