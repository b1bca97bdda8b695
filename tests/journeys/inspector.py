"""Somebody who looks at pages with axe, in both languages, on a phone and on a desk."""

from typing import ClassVar

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.journeys.people import Person

#: At which widths each language is looked at: English says the same things in fewer letters.
WIDTHS = {"es-AR": (360, 1200), "en": (360,)}
AXE = Axe()
#: A page without its words: tags, classes and the names of attributes, of like children in a row only the first.
SHAPE = """() => {
  const told = ["class", "role", "type", "scope", "hidden", "open", "disabled", "aria-current", "aria-hidden"];
  const shape = node => {
    const own = [...node.attributes].map(
      ({name, value}) => name + (told.includes(name) ? `=${value}` : value.trim() ? "" : "="));
    const inner = [...node.childNodes].map(
      each => each.nodeType === 1 ? shape(each) : each.nodeType === 3 && each.data.trim() ? "text" : "");
    const kept = inner.filter((each, place) => each && each !== inner[place - 1]);
    return `<${node.localName} ${own.sort().join(" ")}>${kept.join("")}</>`;
  };
  return shape(document.documentElement);
}"""


class Inspector:
    """Somebody who goes through pages and notes what axe says, at every width, with all that folds unfolded.

    A page is visited in the inspector's own language, and in the other one where it is built as none before it was.
    Axe is asked of each shape of a page once a width, whoever sees it and in whichever language: it judges how a page
    is built. How wide it is and which language it speaks depends on its words, and is looked at every time.
    """

    #: The widths and shapes that axe has judged.
    judged: ClassVar[set[tuple[int, str]]] = set()

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.found: list[str] = []

    def visit(self, *paths: str, status: int = 200) -> None:
        own = self.person.language
        for path in paths:
            if self._look(path, own, status):
                for other in WIDTHS:
                    if other != own:
                        self._look(path, other, status)
                self._open(path, own)
                self._unfold()

    def _look(self, path: str, language: str, status: int) -> bool:
        """Look at a page in one language; return whether it is built as none before it was."""
        answered = self._open(path, language)
        if answered != status:
            self.found.append(f"{path}: {answered}")
        spoken = self.page.evaluate("document.documentElement.lang")
        if not spoken.lower().startswith(language[:2].lower()):
            self.found.append(f"{path}: asked for in {language}, answered in {spoken}")
        return self.inspect(language)

    def _open(self, path: str, language: str) -> int:
        """Choose a language as the page's own switch does; a header is what the browser's context says of itself."""
        name, value = settings.LANGUAGE_COOKIE_NAME, language.lower()
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.person.site}])
        response = self.page.goto(f"{self.person.site}{path}")
        assert response is not None
        return response.status

    def _unfold(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    def inspect(self, language: str = "") -> bool:
        """Look at the page that is open; return whether it is built as none before it was."""
        is_new = False
        self._unfold()
        for width in WIDTHS[language or self.person.language]:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.person.look_at_the_width()
            shape = (width, self.page.evaluate(SHAPE))
            if shape in self.judged:
                continue
            is_new = True
            self.judged.add(shape)
            results = AXE.run(self.page)
            for violation in results.response["violations"]:
                nodes = "; ".join(node["html"][:200] for node in violation["nodes"][:3])
                self.found.append(f"{self.page.url} at {width} px: {violation['id']}: {violation['help']}: {nodes}")
        return is_new

    def verdict(self) -> None:
        assert not self.found, "\n".join(self.found)
