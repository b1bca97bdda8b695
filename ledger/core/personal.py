"""What in a text looks like the data of a person: it has no place in a journal that many read and nobody erases.

Ley 25.326 asks that personal data be no more than is needed; what is in the books stays. A guess, and on purpose a
cautious one: an amount or the number of a paper is no document, so that whoever reads a finding takes it seriously.
"""

import re
import unicodedata
from collections.abc import Iterable

#: CUIL, or CUIT of a person: by its first two digits; those of organizations begin with 30, 33 or 34.
_CUIL = re.compile(r"(?<!\d)(2[0347])[-. ]?(\d{8})[-. ]?(\d)(?!\d)")
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
#: A document named as one, or written as one: 12.345.678 that is no amount.
_DNI = re.compile(
    r"\b(?:dni|d\.n\.i\.?|documento|libreta)\b\W{0,4}(?:n[°º.]*\W*)?\d{1,2}\.?\d{3}\.?\d{3}\b"
    r"|(?<![\d.,$-])(?<!\$ )\d{2}\.\d{3}\.\d{3}(?![\d.,-]|\s*(?:kg|g|t|l|m|un|h|u|ars|pesos)\b)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(
    r"\+\d{2}[\s()-]?\d[\d\s()-]{7,}"
    r"|\b(?:tel|cel|te|teléfono|telefono|celular|whatsapp|wsp|phone)\b\W{0,3}\d[\d\s()-]{5,}"
    r"|(?<![\d-])0?(?:11|[23]\d{2,3})[\s-](?:15[\s-]?)?\d{3,4}[\s-]\d{4}(?![\d-])",
    re.IGNORECASE,
)


def signs(text: str, *, names: Iterable[str] = ()) -> int:
    """Return how many things in a text look like a document, an e-mail address, a telephone, or one of the names.

    Names count where they are whole: of two words or more, whatever their accents.
    """
    documents = {found[0] for found in _CUIL.finditer(text) if _is_cuil("".join(found.groups()))}
    rest = text
    for each in documents:
        rest = rest.replace(each, " ")
    others = [found for pattern in (_EMAIL, _DNI, _TELEPHONE) for found in pattern.findall(rest)]
    plain = f" {_plain(text)} "
    named = {told for name in names if " " in (told := _plain(name)) and f" {told} " in plain}
    return len(documents) + len(others) + len(named)


def _is_cuil(digits: str) -> bool:
    """Say whether the last digit checks the others (AFIP, modulo 11)."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return int(digits[-1]) == {11: 0, 10: 9}.get(rest, rest)


def _plain(text: str) -> str:
    """Return words without accents and signs, in small letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(sign for sign in apart if not unicodedata.combining(sign))))
