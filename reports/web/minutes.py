"""The minutes of an assembly, to take home."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from network.errors import DomainError
from network.models.assemblies import Assembly
from network.web.access import desk
from reports.actions import minutes


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    assembly = get_object_or_404(Assembly.objects.select_related("organization"), organization=at.organization, pk=pk)
    try:
        paper = minutes.compose(assembly=assembly, language=get_language() or "es", at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("network:assembly", code, pk)
    name = slugify(f"acta {at.organization.code} {assembly.held_on}")
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
