"""The tables of the register."""

from network.models.assemblies import AgendaItem, Assembly, Motion
from network.models.bylaws import Bylaws, Seat
from network.models.councils import Mandate
from network.models.organizations import Affiliation, Organization
from network.models.people import Membership, User
from network.models.resolutions import Resolution

__all__ = [
    "Affiliation",
    "AgendaItem",
    "Assembly",
    "Bylaws",
    "Mandate",
    "Membership",
    "Motion",
    "Organization",
    "Resolution",
    "Seat",
    "User",
]
