"""What a line of the table of who may says: an address, who opens it, whose POST changes something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.world import World
from tests.network.access_sent import Form

#: Everybody speaks of the print shop's pages (`<slug:code>` is grafica).
MEMBER = "member"  # logs
OFFICER = "officer"  # confirms
RECALLED = "recalled officer"  # was the secretary until today, and is still a member
SISTER = "officer of a sister cooperative"  # barters with the print shop, and sees none of its books
AUDITOR = "auditor of the federation"  # reads every book below it, writes in none
ELSEWHERE = "officer of another federation"  # which invited the print shop: it has not answered
OPERATOR = "operator"  # of the installation: registers, never posts, reads no book
STRANGER = "stranger"  # logged in, belongs to nothing
NOBODY = "nobody"  # not logged in

ROLES = (MEMBER, OFFICER, RECALLED, SISTER, AUDITOR, ELSEWHERE, OPERATOR, STRANGER, NOBODY)
OWN = frozenset({MEMBER, OFFICER, RECALLED})
READERS = OWN | {AUDITOR}
LOGGED_IN = frozenset(ROLES) - {NOBODY}
ALL = frozenset(ROLES)
NONE: frozenset[str] = frozenset()
ONLY_OFFICER = frozenset({OFFICER})


@dataclass(frozen=True)
class Line:
    """One address, or with `*` at its end all that begin so."""

    route: str
    opens: frozenset[str]
    takes: frozenset[str] = NONE
    sends: Form | None = None
    #: The numbers and names in the address, but for the code.
    at: Callable[[World], Mapping[str, Any]] = field(default=lambda _world: {})
    #: An address that only takes what a page sends: whoever opens it is led to that page.
    is_page: bool = True


def action(route: str, takes: frozenset[str], at: Callable[[World], Mapping[str, Any]], sends: Form | None) -> Line:
    return Line(route, NONE, takes, sends, at, is_page=False)


COOP = "coop/<slug:code>/"
