"""Gifts that tests make: whiteboards out of the education fund, hours of work, a festival, and sponsored shirts."""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import contributions, countersignatures
from ledger.actions.contributions import Gift
from ledger.models import Contribution
from ledger.models.contributions import ContributionKind
from network.models import Organization, User
from tests import make
from tests.barters import own
from tests.cast import Cast

GIVEN = dt.date(2026, 4, 30)


def fund(cast: Cast, amount: int = 400_000_00) -> None:
    """Set aside the education fund of the print shop, and money in its bank."""
    own(cast, cast.grafica, "Fondo de educación", "3901", "2202", amount, on=GIVEN)
    own(cast, cast.grafica, "Venta", "1102", "4101", 900_000_00, on=GIVEN)


def whiteboards(cast: Cast, receiver: Organization | None, **changes: Any) -> Gift:
    """Return the whiteboards of Story 4: $ 250,000 out of the education fund, as the assembly decided."""
    told: dict[str, Any] = {
        "kind": ContributionKind.DONATION,
        "what": "Pizarrones",
        "happened_on": GIVEN,
        "receiver": receiver,
        "receiver_name": "" if receiver else "Sala de Barracas",
        "amount": 250_000_00,
        "charged_to": "2202",
        "paid_from": "1102",
    }
    if "resolution" not in changes:
        changes["resolution"] = make.resolution(cast.grafica.organization, on=GIVEN)
    return Gift(**(told | changes))


def festival(cast: Cast, receiver: Organization | None, **changes: Any) -> Gift:
    """Return a festival of the school for $ 50,000 out of the results, to which 300 people came, counted."""
    told: dict[str, Any] = {
        "kind": ContributionKind.EVENT,
        "what": "Festival",
        "amount": 50_000_00,
        "charged_to": "5401",
        "attendances": 300,
        "counted": "counted",
    }
    return whiteboards(cast, receiver, **(told | changes))


def shirts(cast: Cast, receiver: Organization | None, **changes: Any) -> Gift:
    """Return shirts for a tournament, with the print shop's name on them: $ 80,000, for about 90 people."""
    told = {"what": "Camisetas", "amount": 80_000_00, "charged_to": "5303", "attendances": 90, "counted": "estimated"}
    return festival(cast, receiver, **(told | changes))


def hours(receiver: Organization | None, **changes: Any) -> Gift:
    """Return six hours of each of four people at the school."""
    told: dict[str, Any] = {
        "kind": ContributionKind.WORK,
        "what": "Pintura del frente",
        "happened_on": GIVEN,
        "receiver": receiver,
        "hours": 24_00,
        "people": 4,
    }
    return Gift(**(told | changes))


def lesson(to: Organization | None, **changes: Any) -> Gift:
    """Return sixteen hours in which two people taught five of another cooperative to bind, with one manual."""
    taught: dict[str, Any] = {
        "kind": ContributionKind.MENTORING,
        "what": "Encuadernación",
        "hours": 16_00,
        "people": 2,
        "trainees": 5,
        "manuals": 1,
    }
    return hours(to, **(taught | changes))


def give(cast: Cast, gift: Gift, *, by: User | None = None, key: uuid.UUID | None = None) -> Contribution:
    return contributions.log(
        key=key or uuid.uuid4(), giver=cast.grafica.organization, gift=gift, by=by or cast.ana, on=GIVEN
    )


def every_state(cast: Cast, school: Organization, elsa: User | None) -> dict[str, Contribution]:
    """Make gifts that the school counter-signed, that wait for it, for a receipt, and for the print shop."""
    assert elsa is not None
    fund(cast)
    return {
        "confirmed": countersignatures.confirm(contribution=give(cast, whiteboards(cast, school)), by=elsa, on=GIVEN),
        "waiting": give(cast, hours(school)),
        "receipt": give(cast, hours(None, receiver_name="El barrio")),
        "received": contributions.log(
            key=uuid.uuid4(),
            giver=cast.molino.organization,
            gift=hours(cast.grafica.organization),
            by=cast.nora,
            on=GIVEN,
        ),
    }
