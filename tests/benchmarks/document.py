"""The page that holds the figures: each benchmark writes between two marks of its own."""

from pathlib import Path

from tests.benchmarks.rounds import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
END = "<!-- end of figures -->"


def put(begin: str, figures: str, *, document: Path = DOCUMENT) -> None:
    """Put the figures of this run in place of those that stand behind a mark."""
    before, _, rest = document.read_text(encoding="utf-8").partition(begin)
    document.write_text(f"{before}{begin}\n\n{figures}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
