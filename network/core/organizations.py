"""What the register says of an organization, put right and checked: the same for a page, a file and a command."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from stdnum.ar import cbu
from stdnum.exceptions import ValidationError

from network.core import countries
from network.core.delimited import Problems

#: Kinds that may have a registration as a cooperative (INAES gives federations one, too).
WITH_REGISTRATION = ("recuperated_enterprise", "worker_cooperative", "federation", "confederation", "sector_network")
#: Kinds that one-to-one tables speak of.
COMMUNITY_BODY, NEIGHBORHOOD_COUNCIL = "community_body", "neighborhood_council"
#: Kinds that may have a story of recuperation.
WITH_RECUPERATION = ("recuperated_enterprise", "worker_cooperative")

#: Kinds that are not a community's: what has members, offices or a book stays among its own.
FAMILIES = {
    "federation": "bodies", "confederation": "bodies", "sector_network": "bodies",
    "recuperated_enterprise": "cooperatives", "worker_cooperative": "cooperatives",
    "outside_party": "outside",
}  # fmt: skip

#: How long a text may be.
LENGTHS = {
    "name": 120, "city": 80, "address": 120, "email": 254, "phone": 40, "website": 200, "district": 80,
    "national_number": 10, "provincial_number": 10,
}  # fmt: skip
HOUSEHOLDS_MAX = 1_000_000
#: What an officer of the organization may write; the rest is for whoever keeps the register.
OF_ITS_OFFICERS = ("city", "address", "email", "phone", "website", "bank_key", "is_public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """All that the register says of an organization but its code, its counts and its story."""

    name: str
    kind: str
    sector: str = ""
    legal_form: str = ""
    country: str = "AR"
    province: str = ""
    city: str = ""
    address: str = ""
    tax_id: str = ""
    bank_key: str = ""
    national_number: str = ""
    provincial_number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    activity: str = ""
    district: str = ""
    households: int | None = None
    is_public: bool = False


def differing(one: Details, other: Details) -> list[str]:
    """Return the names of what two differ in."""
    return [each.name for each in fields(Details) if getattr(one, each.name) != getattr(other, each.name)]


def is_of_another_family(kind: str, other: str) -> bool:
    """Say whether members, offices and books of the one kind would mean something else in the other."""
    return FAMILIES.get(kind, "community") != FAMILIES.get(other, "community")


def put_right(details: Details) -> tuple[Details, Problems]:
    """Return the details as they are kept, and what is wrong with them, by field."""
    texts = {
        each.name: " ".join(str(getattr(details, each.name)).replace("\x00", "").split())
        for each in fields(Details)
        if isinstance(getattr(details, each.name), str)
    }
    kept = replace(details, **texts)  # type: ignore[arg-type]  # only texts are replaced, by texts
    kept = replace(
        kept,
        province=kept.province.upper().removeprefix(f"{kept.country}-"),
        national_number=_ungrouped(kept.national_number),
        provincial_number=_ungrouped(kept.provincial_number),
        website=_whole_link(kept.website),
        bank_key=_ungrouped(kept.bank_key.replace("-", "")),
    )
    problems: Problems = {}
    for check in (_missing, _too_long, _place, _numbers, _contact, _of_its_kind):
        for field, problem in check(kept):
            problems.setdefault(field, problem)
    if kept.tax_id and kept.country in countries.PROVINCES:
        try:
            kept = replace(kept, tax_id=countries.tax_id_of(kept.tax_id, country=kept.country))
        except ValueError:
            problems["tax_id"] = "wrong_cuit" if kept.country == "AR" else "wrong_nit"
    return kept, problems


_Found = Iterator[tuple[str, str]]


def _missing(details: Details) -> _Found:
    for field in ("name", "kind"):
        if not getattr(details, field):
            yield field, "missing"


def _too_long(details: Details) -> _Found:
    for field, most in LENGTHS.items():
        if len(getattr(details, field)) > most:
            yield field, "too_long"


def _place(details: Details) -> _Found:
    if details.country not in countries.PROVINCES:
        yield "country", "unknown_country"
    elif details.province and details.province not in countries.PROVINCES[details.country]:
        yield "province", "unknown_province"


def _numbers(details: Details) -> _Found:
    for field in ("national_number", "provincial_number"):
        if not _is_digits(getattr(details, field)):
            yield field, "not_digits"
    if details.provincial_number and not details.national_number:
        yield "national_number", "national_first"
    if details.households is not None and not 0 < details.households <= HOUSEHOLDS_MAX:
        yield "households", "not_above_zero"
    if details.bank_key:
        try:
            cbu.validate(details.bank_key)
        except ValidationError:
            yield "bank_key", "wrong_cbu"


def _contact(details: Details) -> _Found:
    if details.email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", details.email):
        yield "email", "not_an_email"
    if details.website and not is_link(details.website):
        yield "website", "not_a_link"


def _of_its_kind(details: Details) -> _Found:
    if details.kind not in WITH_REGISTRATION:
        yield from _unexpected(details, "national_number", "provincial_number")
    if details.kind != COMMUNITY_BODY:
        yield from _unexpected(details, "activity")
    if details.kind != NEIGHBORHOOD_COUNCIL:
        yield from _unexpected(details, "district", "households")


def _unexpected(details: Details, *names: str) -> _Found:
    for name in names:
        if getattr(details, name) not in ("", None):
            yield name, "not_for_this_kind"


def grouped(number: str) -> str:
    """Return the number of a registration as papers have it: 6.781."""
    return f"{int(number):,}".replace(",", ".") if number else ""


def is_link(text: str) -> bool:
    """Say whether a text is an address on the web: nothing that a browser would run."""
    return bool(re.fullmatch(r"https?://[^\s/?#@]+\.[^\s/?#@.]+([/?#]\S*)?", text))


def _whole_link(text: str) -> str:
    return f"https://{text}" if text and "://" not in text and is_link(f"https://{text}") else text


def _is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())


def _ungrouped(text: str) -> str:
    return text.replace(".", "").replace(" ", "")
