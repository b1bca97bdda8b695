"""The tables of the register."""

from network.models.councils import Mandate
from network.models.organizations import Affiliation, Organization
from network.models.people import Membership, User

__all__ = ["Affiliation", "Mandate", "Membership", "Organization", "User"]
