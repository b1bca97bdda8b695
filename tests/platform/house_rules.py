"""The limits that no linter knows: length of files and functions, a docstring in every module, keys as they are."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 60
PLACES = ["config", "network", "ledger", "reports", "tests"]
# Catalogues and lock files are data; a migration is written by Django.
#: The key of a row, as it stands: from a thousand on the pages would put a separator into it.
KEY = re.compile(r"\{\{ *[\w.]*\bpk *\}\}")
TEXT_SUFFIXES = {".py", ".sh", ".sql", ".html", ".css", ".js"}


def source_files() -> list[Path]:
    """Return every file of the program and its tests, also one that git does not know yet."""
    found = [path for place in PLACES for path in (ROOT / place).rglob("*") if path.is_file()]
    return [*sorted(path for path in found if "__pycache__" not in path.parts), ROOT / "trama", ROOT / "manage.py"]


def violations_in_python(path: Path, source: str) -> Iterator[str]:
    """Yield what is wrong with one Python file."""
    tree = ast.parse(source)
    if source.strip() and ast.get_docstring(tree) is None:
        yield "has no docstring that says in one line what it is"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield f"{node.name} has {lines} lines; {FUNCTION_LINES_MAX} at most"
    if path.stem in {"utils", "helpers", "common", "misc"}:
        yield "is a drawer, not a name: say what it knows"


def violations_in_template(source: str) -> Iterator[str]:
    """Yield what is wrong with one template: a number that programs read is not written for people, as 1.488."""
    for number, line in enumerate(source.splitlines(), start=1):
        for found in KEY.findall(line):
            yield f"line {number} writes {found} as people do: add |stringformat:'d'"


def violations() -> Iterator[str]:
    """Yield one sentence for each broken rule in the tree."""
    for path in source_files():
        shell_door = path == ROOT / "trama"
        if path.suffix not in TEXT_SUFFIXES and not shell_door:
            continue
        if "migrations" in path.parts or "vendor" in path.parts:
            continue
        name = path.relative_to(ROOT)
        source = path.read_text(encoding="utf-8")
        lines = source.count("\n")
        if lines > FILE_LINES_MAX:
            yield f"{name} has {lines} lines; {FILE_LINES_MAX} at most"
        if path.suffix == ".py":
            yield from (f"{name} {sentence}" for sentence in violations_in_python(path, source))
        if path.suffix == ".html":
            yield from (f"{name} {sentence}" for sentence in violations_in_template(source))


def main() -> int:
    """Print every violation and return 1 if there is one."""
    found = list(violations())
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
