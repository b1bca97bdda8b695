"""The tables of the register."""

from network.models.councils import Mandate
from network.models.history import Milestone, WorkerCount
from network.models.organizations import Affiliation, Organization
from network.models.particulars import (
    CommunityProfile,
    CooperativeRegistration,
    NeighborhoodProfile,
    OrganizationChange,
)
from network.models.people import Membership, User
from network.models.register import RegisterUpload, RegisterUploadRow

__all__ = [
    "Affiliation",
    "CommunityProfile",
    "CooperativeRegistration",
    "Mandate",
    "Membership",
    "Milestone",
    "NeighborhoodProfile",
    "Organization",
    "OrganizationChange",
    "RegisterUpload",
    "RegisterUploadRow",
    "User",
    "WorkerCount",
]
