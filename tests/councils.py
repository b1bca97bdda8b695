"""Elections as steps that tests take; and what plain SQL tries instead."""

import datetime as dt
from typing import Any

from network.actions import assemblies, councils
from network.core.quorum import Votes
from network.models import Mandate, Organization, Resolution, User
from network.models.assemblies import AssemblyKind, Majority
from tests import make

TODAY = make.DAY
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)
NEXT_YEAR = TODAY + YEAR

INSERT = (
    "INSERT INTO network_mandate (organization_id, user_id, office, seat, starts_on, until, resolution_id, ending)"
    " SELECT organization_id, user_id, %s, 1, %s, %s, resolution_id, '' FROM network_mandate WHERE user_id = %s"
)


def elect(user: User, of: Organization, office: str = "treasurer", **changes: Any) -> Mandate:
    facts = {"starts_on": TODAY, "until": NEXT_YEAR, "by": None, "on": TODAY} | changes
    if "resolution" not in facts:
        facts["resolution"] = make.resolution(of, on=TODAY)
    return councils.elect(user=user, organization=of, office=office, **facts)


def of_the_council(of: Organization) -> Resolution:
    """Let the council meet today and carry what is put to it."""
    told = {"by": None, "on": TODAY}
    meeting = assemblies.call(
        organization=of, kind=AssemblyKind.COUNCIL, held_on=TODAY, entitled=3, agenda=["Cargos"], **told
    )
    meeting = assemblies.meet(assembly=meeting, present=3, is_second_call=False, **told)
    return assemblies.vote(
        assembly=meeting,
        item=meeting.agenda.get(),
        text="Se resuelve.",
        votes=Votes(3, 0, 0),
        majority=Majority.SIMPLE,
        at=make.NOON,
        **told,
    ).resolution
