"""The tree of the network as of a day."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from network.queries import tiers
from network.web.fields import DayField

PAGE = 20


class DayForm(forms.Form):
    """As of which day."""

    at = DayField(label=_("As of the day"), required=False)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    form = DayForm(request.GET if "at" in request.GET else None)
    if form.is_valid():
        on = form.cleaned_data["at"] or on
    page = Paginator(tiers.tree(on=on), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "on": on}
    return render(request, "network/tiers/tree.html", context)
