"""Files inside a PDF."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A file inside the PDF, and what it is to it: `Source` of what is printed, or `Data` behind it."""

    name: str
    content: bytes
    relationship: str
