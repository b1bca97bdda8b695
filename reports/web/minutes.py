"""The minutes of an assembly, to take home."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from network.models.assemblies import Assembly
from network.web.access import desk
from reports.actions import minutes
from reports.web.printed import handed_over


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    assembly = get_object_or_404(Assembly.objects.select_related("organization"), organization=at.organization, pk=pk)
    return handed_over(
        request,
        partial(minutes.compose, assembly=assembly, at=timezone.now()),
        name=f"acta {at.organization.code} {assembly.held_on}",
        back=reverse("network:assembly", args=[code, pk]),
    )
