"""How far a recuperation has come, read from its milestones: nobody sets a stage by hand.

A date that is known to the year only counts as the last day of that year, so that an eviction "in 2003" follows an
occupation of May 2003; what falls on the same day follows the usual course of a recuperation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from network.core.dates import Dated

BANKRUPTCY, CLOSURE, OCCUPATION = "bankruptcy", "closure", "occupation"
EVICTION, RETURN, COOPERATIVE = "eviction", "return", "cooperative_formed"
REGISTRATION, PERMISSION, PRODUCTION = "registration", "court_permission", "first_production"
LEASE, TEMPORARY, EXPROPRIATION = "lease", "temporary_occupation", "expropriation_law"
VETO, PURCHASE, STOP = "expropriation_undone", "purchase", "production_stopped"
RESUMED, END, OTHER = "production_resumed", "end", "other"

#: Every kind of milestone, in the usual course of a recuperation.
COURSE = (
    *(BANKRUPTCY, CLOSURE, OCCUPATION, EVICTION, RETURN, COOPERATIVE, REGISTRATION, PERMISSION, LEASE, TEMPORARY),
    *(PRODUCTION, EXPROPRIATION, VETO, PURCHASE, STOP, RESUMED, OTHER, END),
)

CONFLICT, INSIDE, EVICTED, FORMED = "conflict", "inside", "evicted", "formed"
PRODUCING, SECURED, STOPPED, ENDED = "producing", "secured", "stopped", "ended"
#: Every stage, from the first to the last.
STAGES = (CONFLICT, INSIDE, EVICTED, FORMED, PRODUCING, SECURED, STOPPED, ENDED)

#: What a milestone says of the plant: whose it is, or that the workers are out.
_PLANT = {
    OCCUPATION: "held",
    RETURN: "held",
    EVICTION: "lost",
    PERMISSION: "held",
    LEASE: "held",
    TEMPORARY: "held",
    EXPROPRIATION: "secured",
    PURCHASE: "secured",
    VETO: "held",
}
#: What it says of the work.
_WORK = {
    PRODUCTION: "runs",
    RESUMED: "runs",
    EVICTION: "stands",
    STOP: "stands",
    END: "over",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """A milestone: what happened, and when."""

    kind: str
    on: Dated


def in_order(milestones: Iterable[Happened]) -> list[Happened]:
    """Return milestones as they followed each other, whatever order they come in."""
    # The last two only tell apart what means the same, so that the order is one.
    return sorted(
        milestones, key=lambda each: (each.on.last, COURSE.index(each.kind), each.on.first, each.on.precision)
    )


def stage(milestones: Sequence[Happened]) -> str:
    """Return the stage that these milestones lead to; nothing if there is none."""
    plant = work = ""
    is_formed = False
    ordered = in_order(milestones)
    for each in ordered:
        is_formed = is_formed or each.kind in {COOPERATIVE, REGISTRATION}
        plant = _PLANT.get(each.kind, plant)
        if each.kind == EVICTION and not work:
            continue  # nothing ran yet that could stand still
        work = _WORK.get(each.kind, work)
    if work:
        return _at_work(work, plant)
    if plant == "lost":
        return EVICTED
    if is_formed:
        return FORMED
    if plant:
        return INSIDE
    return CONFLICT if ordered else ""


def _at_work(work: str, plant: str) -> str:
    """Return the stage of one that has produced."""
    if work == "over":
        return ENDED
    if work == "stands":
        return EVICTED if plant == "lost" else STOPPED
    return SECURED if plant == "secured" else PRODUCING
