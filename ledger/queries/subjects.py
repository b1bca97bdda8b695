"""What a finding is about: from its scope (`item:7`) to the entry, agreement, debt, account and other book."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, F, Model, Value, When

from ledger.models.accounts import Account, Book
from ledger.models.agreements import Agreement, AgreementLine
from ledger.models.balance_confirmations import AskedBalance
from ledger.models.claims import Claim
from ledger.models.coproductions import SharedAct, SharedPart
from ledger.models.deliveries import Delivery, DeliveryItem
from ledger.models.funds import FundDecision
from ledger.models.journal import Event
from ledger.models.purchases import Purchase, PurchaseHandover
from ledger.models.referrals import ReferredWork
from ledger.models.units import Unit


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about, by primary keys; and the unit of its figures, if they are not plain numbers."""

    account: int | None = None
    claim: int | None = None
    event: int | None = None
    agreement: int | None = None
    other: int | None = None
    unit: int | None = None


def _delivered(before: str = "") -> dict[str, Any]:
    """Return where what belongs to a delivery says what it is about."""
    return {
        "event": f"{before}event",
        "agreement": f"{before}agreement",
        "unit": f"{before}agreement__unit",
        "sides": (f"{before}giver__book", f"{before}receiver__book"),
    }


_ACCOUNT = (Account, {"account": "pk", "sides": ("counterparty",), "unit": "unit"})
_CLAIM = (Claim, {"claim": "pk", "sides": ("creditor", "debtor"), "unit": "unit", "code": "agreement"})
_AGREEMENT = (Agreement, {"agreement": "pk", "unit": "unit"})
_MATERIAL = (Agreement, {"agreement": "pk", "unit": "toll__material__unit"})
_BOOK = (Book, {"unit": "unit"})
# Parts of a hundred are plain numbers, parts of a price money.
_PARTS = (
    Agreement,
    {"agreement": "pk", "unit": Case(When(coproduction__split="shares", then=None), default=F("unit"))},
)

#: What a scope begins with → where to look, and what stands there. Its second part is the key.
_TABLE: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "account": _ACCOUNT,
    "mirror": _ACCOUNT,
    "claim": _CLAIM,
    "open": _CLAIM,
    "entry": (Event, {"event": "pk"}),
    "entered": (Event, {"event": "pk"}),
    "closed": (Event, {"event": "pk"}),
    "flow": (Event, {"event": "pk"}),
    "round": (Event, {"event": "pk", "unit": "clearing_round__unit"}),
    "confirmed": (AskedBalance, {"sides": ("debtor", "creditor")}),
    "text": (Event, {"event": "pk"}),
    "network": (Unit, {"unit": "pk"}),
    # What is counted here is papers.
    "invoice": (Delivery, _delivered() | {"unit": Value(None, output_field=BigIntegerField())}),
    "bought": (Purchase, {"event": "event", "agreement": "agreement"}),
    "line": (
        AgreementLine,
        {"agreement": "agreement", "unit": "measure__unit", "sides": ("giver__book", "receiver__book")},
    ),
    "item": (DeliveryItem, _delivered("delivery__")),
    "work": (ReferredWork, _delivered("delivery__")),
    "delivery": (Delivery, _delivered()),
    "handover": (PurchaseHandover, _delivered("delivery__")),
    "amount": (SharedAct, _delivered("delivery__")),
    "vat": (SharedAct, _delivered("delivery__")),
    "part": (SharedPart, _delivered("act__delivery__")),
    "charged": (SharedPart, _delivered("act__delivery__")),
    "whole": _PARTS,
    "ratio": _AGREEMENT,
    "cost": _AGREEMENT,
    "on-hand": _MATERIAL,
    "waste": _MATERIAL,
    "purchase": (Purchase, {"event": "event", "agreement": "agreement", "unit": "agreement__unit"}),
    "fund": _BOOK,
    "shares": _BOOK,
    "spent": _BOOK,
    "par": _BOOK,
    "decision": (FundDecision, {"unit": "fund__book__unit"}),
    "credit": (Unit, {"unit": "pk"}),
}
#: Where the scope itself names the unit of its figures.
_UNIT_AT = {"entry": 3, "par": 2, "confirmed": 3}


def of_scope(scope: str, *, book: int | None) -> Subject:
    """Return what a finding of a book with that scope is about; nothing where there is nothing to point at."""
    name, *numbers = scope.split(":")
    if name not in _TABLE:
        return Subject()
    model, paths = _TABLE[name]
    plain = {key: path for key, path in paths.items() if key != "sides"}
    sides = {f"side_{number}": F(path) for number, path in enumerate(paths.get("sides", ()))}
    asked = {f"its_{key}": F(path) if isinstance(path, str) else path for key, path in plain.items()}
    row = model._default_manager.filter(pk=int(numbers[0])).values(**asked, **sides).first()
    if row is None:
        return Subject()
    told = {key: row[f"its_{key}"] for key in plain}
    code = told.pop("code", "")
    if code.startswith(Agreement.CODE):
        told["agreement"] = _coded(code)
    told["other"] = next((row[side] for side in sides if row[side] != book), None)
    if len(numbers) >= (at := _UNIT_AT.get(name, len(numbers) + 1)):
        told["unit"] = int(numbers[at - 1])
    return Subject(**told)


def _coded(code: str) -> int | None:
    """Return the agreement that has that code, if there is one: books that came from elsewhere name others."""
    number = code.removeprefix(Agreement.CODE)
    found = Agreement.objects.filter(pk=int(number)) if number.isdecimal() and len(number) < 19 else None
    return found.values_list("pk", flat=True).first() if found is not None else None
