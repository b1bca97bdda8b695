"""Numbers of papers, written so that the same paper has the same number."""

import re


def invoice_number(text: str) -> str:
    """Return the number of an invoice so that it is the same however it was typed.

    `A 0003-00001234`, `a 3-1234` and `A3 - 1234` are `A-3-1234`; what has no digit is no number: an empty text.
    """
    parts = re.findall(r"[A-Z]+|[0-9]+", text.upper())
    known = [part.lstrip("0") or "0" if part.isdigit() else part for part in parts]
    return "-".join(known) if any(part.isdigit() for part in parts) else ""


def full_number(text: str) -> str:
    """Return the number of an invoice as `invoice_number` does, if it names a point of sale too; else an empty text.

    Only such a number is of one paper alone (RG AFIP 1415): a plain 12 may be of many.
    """
    number = invoice_number(text)
    return number if re.search(r"\d+-\d+$", number) else ""


def marks(text: str, *, as_written: bool = False) -> tuple[str, ...]:
    """Return what the papers that a text names are known by: `A-3-12`, and `3-12` for whoever leaves the letter out.

    Words before the letter say nothing more (`Factura A 3-12`). `as_written`: only what the text itself says.
    """
    found = set()
    for number in map(full_number, re.split(r"[·;,|]", text)):
        if number:
            *before, point, last = number.split("-")
            plain, letter = f"{point}-{last}", before[-1] if before and len(before[-1]) == 1 else ""
            found |= {f"{letter}-{plain}" if letter else plain, *([] if as_written else [plain])}
    return tuple(sorted(found))
