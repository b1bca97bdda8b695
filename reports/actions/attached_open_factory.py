"""The files that an open-factory report carries inside: a row a deed, and everything it says as data."""

from collections.abc import Iterable
from typing import Any

from ledger.core.written import plain
from network.core.delimited import inert
from reports.actions import attachments
from reports.core.carried import Carried
from reports.core.counts import LEAST_TOLD, Count
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries.community import Around, Counted
from reports.queries.given import Deed, Given
from reports.queries.open_factory import OpenFactory

#: The number grows when a name or a meaning changes.
FORM = "trama-open-factory-2"
#: Hours are counted in hundredths.
HOURS = 2
COLUMNS = (
    *("year", "number", "category", "activity", "what", "starts_on", "ends_on", "standing", "partner"),
    *("countersigned", "papers", "sessions", "room_hours", "visits", "visits_are", "work_hours", "workers"),
    *("learners", "manuals", "cost", "charged_to", "commercial_return"),
)


def of_open_factory(told: OpenFactory) -> list[Carried]:
    """Return `activities.csv` and `open-factory.json`; a small count of people is told as on paper: few.

    What brought a commercial return has its rows behind all others, says so, and is in no sum but its own.
    """
    scale = told.book.unit.scale
    deeds = (*told.given.deeds, *told.sponsored.deeds)
    data = attachments.told_first(told, FORM) | {
        "given": totals(told.given, scale=scale),
        "with_commercial_return": totals(told.sponsored, scale=scale),
        "a_year_before": totals(told.before, scale=scale) if told.is_one_year else None,
        "by_category": {code: totals(of, scale=scale) for code, of in told.given.by_category},
        "around": _around(told.around, scale=scale),
        "deeds": [_deed(deed, scale=scale) for deed in deeds],
    }
    rows = (_row(deed, scale=scale) for deed in deeds)
    return [
        Carried(name="activities.csv", content=csv_bytes(COLUMNS, rows), relationship="Source"),
        Carried(name="open-factory.json", content=json_bytes(data), relationship="Data"),
    ]


def people(count: Count) -> dict[str, int]:
    """Return how many people are told of, and how many counts were too small to be told."""
    return {"people": count.number, "counts_below": count.few, "below": LEAST_TOLD}


def totals(given: Given, *, scale: int) -> dict[str, Any]:
    """Return what several deeds come to, each in its measure, with what was borne of them."""
    return measures(given) | {
        "cost": plain(given.cost, scale=scale),
        "cost_by_account": _by_account(given.by_component, scale=scale),
        "borne_by_account": _by_account(given.by_bearer, scale=scale),
    }


def measures(given: Given) -> dict[str, Any]:
    """Return what several deeds come to, but for money."""
    return {
        "activities": given.activities,
        "standing_activities": given.standing,
        "sessions": given.sessions,
        "room_hours": plain(given.room_hours, scale=HOURS),
        "work_hours": plain(given.work_hours, scale=HOURS),
        "mentoring_hours": plain(given.mentoring_hours, scale=HOURS),
        "visits": people(given.visits),
        "visits_counted": people(given.counted),
        "visits_estimated": people(given.estimated),
        "visits_declared": people(given.declared),
        "learners": people(given.learners),
        "manuals": given.manuals,
    }


def _by_account(sums: Iterable[tuple[str, int]], *, scale: int) -> dict[str, str]:
    return {account: plain(amount, scale=scale) for account, amount in sums}


def _around(around: Around, *, scale: int) -> dict[str, Any]:
    return {
        "workers_before": around.workers_before and _counted(around.workers_before),
        "workers": around.workers and _counted(around.workers),
        "assemblies": {"held": around.assemblies, "present": around.present, "entitled": around.entitled},
        "hours_learned": plain(around.hours_learned, scale=HOURS),
        "exchanged_with": {"organizations": around.partners, "facts": around.exchanges},
        "undone_of_earlier_periods": around.undone,
    } | {
        name: plain(getattr(around, name), scale=scale)
        for name in ("to_welfare", "to_education", "to_reserve", "education_spent", "income")
    }


def _counted(counted: Counted) -> dict[str, Any]:
    return {"workers": counted.workers, "counted_on": counted.counted_on.isoformat(), "source": counted.source}


def _deed(deed: Deed, *, scale: int) -> dict[str, Any]:
    return {
        "entry": attachments.number_of(deed.entry),
        "category": deed.category,
        "activity": deed.activity,
        "what": deed.what,
        "starts_on": attachments.iso(deed.starts_on),
        "ends_on": attachments.iso(deed.ends_on),
        "standing": deed.is_standing,
        "partner": deed.partner,
        "countersigned": deed.is_countersigned,
        "papers": deed.papers,
        "sessions": deed.sessions,
        "room_hours": plain(deed.room_hours, scale=HOURS),
        "visits": people(deed.visits) | {"are": deed.how},
        "work_hours": plain(deed.hours, scale=HOURS),
        "workers": people(deed.workers),
        "learners": people(deed.learners),
        "manuals": deed.manuals,
        "cost_by_account": _by_account(deed.costs, scale=scale),
        "charged_to": deed.charged_to,
        "commercial_return": deed.has_return,
    }


def _row(deed: Deed, *, scale: int) -> list[str]:
    return [
        *map(str, attachments.number_of(deed.entry).values()),
        deed.category,
        deed.activity,
        inert(deed.what),
        attachments.iso(deed.starts_on),
        attachments.iso(deed.ends_on),
        "yes" if deed.is_standing else "no",
        inert(deed.partner),
        "yes" if deed.is_countersigned else "no",
        inert(deed.papers),
        str(deed.sessions or ""),
        plain(deed.room_hours, scale=HOURS) if deed.room_hours else "",
        _cell(deed.visits),
        deed.how,
        plain(deed.hours, scale=HOURS) if deed.hours else "",
        _cell(deed.workers),
        _cell(deed.learners),
        str(deed.manuals or ""),
        plain(deed.cost, scale=scale) if deed.costs else "",
        deed.charged_to,
        "yes" if deed.has_return else "no",
    ]


def _cell(count: Count) -> str:
    """Return a count of one deed: what is small is `few`."""
    return "few" if count.few else str(count.number or "")
