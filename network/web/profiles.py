"""Public profiles: for directories of other networks, of organizations that said so."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from network.models.organizations import Organization
from network.queries import profiles


@login_not_required
@require_safe
def profile(request: HttpRequest, code: str) -> JsonResponse:
    shown = get_object_or_404(profiles.public(), code=code)

    def address(body: Organization) -> str:
        return request.build_absolute_uri(reverse("network:profile", args=[body.code]))

    said = profiles.profile(shown, on=timezone.localdate(), address=address)
    # Directories fetch it from pages of their own.
    return JsonResponse(
        said, headers={"Access-Control-Allow-Origin": "*"}, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
