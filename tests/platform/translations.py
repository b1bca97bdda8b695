"""Every string of the program is in each catalogue, translated, not fuzzy, with the same placeholders."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.platform.house_rules import ROOT, source_files

CATALOGUES = ["es"]  # which es-ar falls back to; English is the language of the msgids
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def extract(copy: Path) -> None:
    """Run makemessages on a copy of the tree, so that checking never writes in the work tree."""
    for path in source_files():
        name = path.relative_to(ROOT)
        if name.parts[0] != "tests":
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / name)
    for language in CATALOGUES:
        (copy / "config" / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    languages = [option for language in CATALOGUES for option in ("--locale", language)]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--no-obsolete", "--verbosity", "0", *languages],
        cwd=copy,
        check=True,
    )


def faults(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with one entry."""
    if entry.fuzzy:
        yield "is fuzzy"
    if not entry.translated() and not entry.fuzzy:
        yield "is not translated"
        return
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    allowed = {mark for source in sources for mark in PLACEHOLDER.findall(source)}
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for text in translations:
        marks = set(PLACEHOLDER.findall(text))
        # A singular may leave its number out: "one day".
        if marks != allowed and not (entry.msgid_plural and marks < allowed):
            yield f"has the placeholders {sorted(allowed)} and its translation {sorted(marks)}"


def main() -> int:
    """Print each entry that is missing or wrong, and return 1 if there is one."""
    found = []
    with tempfile.TemporaryDirectory(prefix="trama-messages-") as folder:
        extract(Path(folder))
        for language in CATALOGUES:
            catalogue = Path("config") / "locale" / language / "LC_MESSAGES" / "django.po"
            # makemessages guesses a fuzzy translation for what is missing: ask the file that is kept.
            if not (ROOT / catalogue).is_file():
                found.append(f"{catalogue} is missing")
                continue
            kept = {entry.msgid_with_context for entry in polib.pofile(str(ROOT / catalogue))}
            for entry in polib.pofile(str(Path(folder) / catalogue)):
                sentences = faults(entry) if entry.msgid_with_context in kept else ["is missing"]
                found += [f"{language}: {entry.msgid!r} {sentence}" for sentence in sentences]
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
