"""The register: who is in the network, and who belongs to whom."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from network import permissions
from network.models.organizations import Organization
from network.models.people import User
from network.queries import organizations

PAGE = 50


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(Organization.objects.order_by("name"), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/organizations/list.html", {"page": page})


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    on = timezone.localdate()
    shown = get_object_or_404(Organization, code=code)
    context = {
        "shown": shown,
        "bodies": organizations.bodies_of(shown, on=on),
        "members": organizations.members_of(shown, on=on),
        "officers": organizations.officers_of(shown, on=on),
        "is_own": permissions.can_log(cast(User, request.user), shown, on=on),
        "is_readable": permissions.can_read_book(cast(User, request.user), shown, on=on),
    }
    return render(request, "network/organizations/detail.html", context)
