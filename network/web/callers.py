"""Who asks for a page of the register, and what they may do there today."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from network import permissions
from network.models.organizations import Organization
from network.models.people import User
from network.queries.details import PARTICULARS


@dataclass(frozen=True, slots=True)
class Caller:
    """A person at the page of an organization, today."""

    user: User
    organization: Organization
    on: dt.date
    is_operator: bool
    can_edit: bool


def person(request: HttpRequest) -> User:
    """Return who asks; 404 to nobody."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def caller(request: HttpRequest, code: str) -> Caller:
    """Return who asks at the page of an organization, or 404 where there is none."""
    user, on = person(request), timezone.localdate()
    organization = get_object_or_404(Organization.objects.select_related(*PARTICULARS), code=code)
    return Caller(
        user=user,
        organization=organization,
        on=on,
        is_operator=permissions.can_register(user),
        can_edit=permissions.can_edit(user, organization, on=on),
    )


def editing(request: HttpRequest, code: str) -> Caller:
    """Return who asks and may change what the register says; 404 to anybody else."""
    at = caller(request, code)
    if not at.can_edit:
        raise Http404
    return at


def operators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page to operators of the installation; to anybody else it does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not permissions.can_register(person(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(wrapped)
