"""The tables of the register."""

from network.models.admissions import Admission
from network.models.assemblies import AgendaItem, Assembly, Motion
from network.models.bylaws import Bylaws, Seat
from network.models.councils import Mandate
from network.models.duties import Certificate, Filing
from network.models.history import Milestone, WorkerCount
from network.models.invitations import Invitation
from network.models.organizations import Affiliation, Organization
from network.models.particulars import (
    CommunityProfile,
    CooperativeRegistration,
    NeighborhoodProfile,
    OrganizationChange,
)
from network.models.people import Membership, User
from network.models.register import RegisterUpload, RegisterUploadRow
from network.models.reminders import Reminder
from network.models.resolutions import Resolution
from network.models.second_factor import SecondFactorDecision
from network.models.visits import Visit

__all__ = [
    "Admission",
    "Affiliation",
    "AgendaItem",
    "Assembly",
    "Bylaws",
    "Certificate",
    "CommunityProfile",
    "CooperativeRegistration",
    "Filing",
    "Invitation",
    "Mandate",
    "Membership",
    "Milestone",
    "Motion",
    "NeighborhoodProfile",
    "Organization",
    "OrganizationChange",
    "RegisterUpload",
    "RegisterUploadRow",
    "Reminder",
    "Resolution",
    "Seat",
    "SecondFactorDecision",
    "User",
    "Visit",
    "WorkerCount",
]
