"""Who asks, for which organization, on which day: the edge reads the clock here and nowhere else."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ledger.models.accounts import Book
from network import permissions
from network.models.organizations import Organization
from network.models.people import User
from network.web.visits import let_in


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at work for an organization today, and what they may do there."""

    user: User
    organization: Organization
    on: dt.date
    can_log: bool
    can_confirm: bool
    #: Would bind the organization, but for the second factor that it asks of its officers.
    lacks_second_factor: bool = False

    @property
    def book(self) -> Book:
        """The organization's book, or 404 where it keeps none."""
        return get_object_or_404(Book.objects.select_related("organization", "unit"), organization=self.organization)

    def context(self, section: str) -> dict[str, object]:
        """Return what every page of the organization shows."""
        return {"organization": self.organization, "desk": self, "section": section, "today": self.on}


def desk(request: HttpRequest, code: str) -> Desk:
    """Return the desk of the person who asks, or 404 to whoever may not read that organization's book.

    Whoever reads as an officer of a body above leaves a trace that the organization can see.
    """
    user = request.user
    if not isinstance(user, User):
        raise Http404
    on = timezone.localdate()
    organization = get_object_or_404(Organization.objects.select_related("book__unit"), code=code)
    let_in(request, organization)
    return Desk(
        user=user,
        organization=organization,
        on=on,
        can_log=permissions.can_log(user, organization, on=on),
        can_confirm=permissions.can_confirm(user, organization, on=on),
        lacks_second_factor=permissions.lacks_second_factor(user, organization, on=on),
    )


def only_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take what a page sends; whoever opens the address otherwise, back from the login say, is led to that page."""
    sent = require_POST(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "GET":
            messages.info(request, _("Nothing was sent yet. Look at the page and press the button again."))
            return redirect("../")
        return sent(request, *args, **kwargs)

    return wrapped


def said(request: HttpRequest, name: str = "reason") -> str:
    """Return what was written in a field that has no form, without the one sign that a database cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")
