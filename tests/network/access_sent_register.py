"""What the test of who may sends to the register's own addresses: assemblies, councils, people, duties."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from ledger.queries import duties
from tests import make
from tests.journeys.world import World


def declined(world: World) -> Mapping[str, Any]:
    """Say no to the federation that would take the print shop in."""
    offered = world.cast.grafica.organization.invitations.get(answer="")
    return {"invitation": offered.pk, "answer": "declined", "reason": "Todavía no"}


def suspended(world: World) -> Mapping[str, Any]:
    return {"decision": "suspend", "resolution": world.cast.federacion.resolutions.get(number=1).pk}


def assembly(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.assemblies[state].pk}


def ballot(world: World) -> Mapping[str, Any]:
    item = world.assemblies["meeting"].agenda.get(number=1).pk
    counted = {"in_favour": "20", "against": "6", "abstentions": "4"}
    return {"item": item, "text": "Se aprueba.", "majority": "simple"} | counted


def minutes(_world: World) -> Mapping[str, Any]:
    return {"minutes": "Sin más."}


def elected(world: World) -> Mapping[str, Any]:
    today = timezone.localdate()
    act = world.cast.grafica.organization.resolutions.get(number=1).pk
    days = {"starts_on": today.isoformat(), "until": (today + dt.timedelta(days=99)).isoformat()}
    return {"user": world.cast.beto.pk, "office": "member_at_large", "seat": "7", "resolution": act} | days


def membership(world: World) -> Mapping[str, Any]:
    return {"pk": world.cast.beto.memberships.get().pk}


def newcomer(_world: World) -> Mapping[str, Any]:
    return {"name": "Ema", "email": "ema@example.org", "starts_on": timezone.localdate().isoformat()}


def treasurer(world: World) -> Mapping[str, Any]:
    grafica = world.cast.grafica.organization
    mandate = make.mandate(world.cast.ana, on=timezone.localdate())
    return {"mandate": mandate.pk, "resolution": grafica.resolutions.get(number=1).pk}


def insurance(_world: World) -> Mapping[str, Any]:
    return {"kind": "insurance", "issued_by": "Seguros", "valid_from": "2026-01-01", "lapses_on": "2030-12-31"}


def presented(_world: World) -> Mapping[str, Any]:
    return {"presented_on": timezone.localdate().isoformat(), "paper": "Folio 3"}


def report_due(world: World) -> Mapping[str, Any]:
    overdue = duties.calendar(world.cast.grafica.organization, on=timezone.localdate()).overdue
    return {"key": next(each.duty.key for each in overdue if each.duty.kind == "audit_report")}
