"""The tables of the register."""

from network.models.councils import Mandate
from network.models.organizations import Affiliation, Organization
from network.models.people import Membership, User
from network.models.second_factor import SecondFactorDecision
from network.models.visits import Visit

__all__ = ["Affiliation", "Mandate", "Membership", "Organization", "SecondFactorDecision", "User", "Visit"]
