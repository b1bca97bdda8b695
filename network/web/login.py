"""The door: people are let in by their organization, they do not sign up by themselves; who tries too often waits."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth with sign-up closed, and with one answer to whoever tries too often."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Say no: who may enter is decided by an assembly."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Count by who is knocked for; allauth adds what the browser calls this place, which it may make up."""
        return str(credentials.get("email", "")).casefold()

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer 429 to too many tries, of a password or of a code: allauth would show the form again, with a 200."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(respond_429(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what belongs to one's own login: password, second factor, sessions, what one has looked at."""
    return render(request, "network/login/mine.html")
