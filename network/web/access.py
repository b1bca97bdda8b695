"""Who asks, for which organization, on which day: the edge reads the clock here and nowhere else."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TypeVar, cast

from django.contrib import messages
from django.forms import BaseForm, CharField, DateField, IntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network import permissions
from network.models.organizations import Organization
from network.models.people import User
from network.web.visits import let_in

#: Fields in which somebody writes.
WRITTEN = (CharField, DateField, IntegerField)


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at work for an organization today, and what they may do there."""

    user: User
    organization: Organization
    on: dt.date
    can_log: bool
    can_confirm: bool
    #: Would bind the organization, but for the second factor that it asks of its officers.
    lacks_second_factor: bool
    #: May write down what its assemblies decide; asked on their pages only.
    can_minute: bool = False

    def context(self, section: str) -> dict[str, object]:
        """Return what every page of the organization shows."""
        return {"organization": self.organization, "desk": self, "section": section, "today": self.on}


AnyDesk = TypeVar("AnyDesk", bound=Desk)


def desk(request: HttpRequest, code: str) -> Desk:
    """Return the desk of whoever may look at what the organization decides, or 404.

    Its own people; the officers of the bodies above, who leave a trace; and whoever may minute for it today.
    """
    return with_minute(sit(Desk, request, code, enter=_let_look))


def with_minute(at: AnyDesk) -> AnyDesk:
    """Return the desk with the answer to whether its person may write down what the organization decides."""
    return replace(at, can_minute=permissions.can_minute(at.user, at.organization, on=at.on))


def _let_look(request: HttpRequest, organization: Organization) -> None:
    try:
        let_in(request, organization)
    except Http404:
        if not permissions.can_minute(cast(User, request.user), organization, on=timezone.localdate()):
            raise


def sit(
    kind: type[AnyDesk], request: HttpRequest, code: str, *, enter: Callable[[HttpRequest, Organization], None]
) -> AnyDesk:
    """Return the desk of the person who asks; `enter` answers 404 to whoever may not, and keeps the trace."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    on = timezone.localdate()
    organization = get_object_or_404(Organization.objects.select_related("book__unit"), code=code)
    enter(request, organization)
    return kind(
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
            return redirect(_page_above(request.path_info))
        return sent(request, *args, **kwargs)

    return wrapped


def _page_above(path: str) -> str:
    """Return the way up to the next address that there is."""
    up, above = "../", path.rstrip("/").rpartition("/")[0]
    while above and not is_valid_path(f"{above}/"):
        up, above = f"{up}../", above.rpartition("/")[0]
    return up


def say_refusals(
    request: HttpRequest, at: Desk, *forms: BaseForm | None, are_shown: bool = True
) -> list[tuple[str, str]]:
    """Say as messages what was refused to somebody whose page does not show the form; return what they had written.

    It stands on the page as `unsaved`, by the label of its field, to be copied: nothing is lost without a word.
    """
    if at.can_minute and are_shown:
        return []
    refused = [form for form in forms if form and form.is_bound and form.errors]
    for form in refused:
        for refusal in (each for errors in form.errors.values() for each in errors):
            messages.error(request, str(refusal))
    written = [(field, field.value()) for form in refused for field in form if isinstance(field.field, WRITTEN)]
    return [(str(field.label), text) for field, text in written if isinstance(text, str) and text.strip()]
