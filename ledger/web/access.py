"""The desk of somebody at work for an organization, with its book."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ledger.models.accounts import Book
from network import permissions
from network.models.organizations import TIERS
from network.web import access
from network.web.access import only_sent
from network.web.visits import let_in

__all__ = ["Desk", "desk", "only_sent", "own_desk", "said"]


@dataclass(frozen=True, slots=True)
class Desk(access.Desk):
    """A person at work for an organization today, what they may do there, and its book."""

    @property
    def book(self) -> Book:
        """The organization's book, or 404 where it keeps none."""
        return get_object_or_404(Book.objects.select_related("organization", "unit"), organization=self.organization)

    @property
    def oversees(self) -> bool:
        """Whether the person may see together what is of all below the organization; asked on such pages only."""
        return self.organization.kind in TIERS and permissions.can_oversee(self.user, self.organization, on=self.on)


def desk(request: HttpRequest, code: str) -> Desk:
    """Return the desk of the person who asks, or 404 to whoever may not read that organization's book.

    Whoever reads as an officer of a body above leaves a trace that the organization can see.
    """
    return access.sit(Desk, request, code, enter=let_in)


def own_desk(request: HttpRequest, code: str) -> Desk:
    """Return the desk of one of the organization's own people, or 404: what is not of its book is for them alone."""
    at = access.sit(Desk, request, code, enter=lambda _request, _organization: None)
    if not permissions.is_own(at.user, at.organization, on=at.on):
        raise Http404
    return at


def said(request: HttpRequest, name: str = "reason") -> str:
    """Return what was written in a field that has no form, without the one sign that a database cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")
