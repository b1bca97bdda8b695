"""Papers that lapse: the list, noting one or its renewal, withdrawing one."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from network.actions import duties as acting
from network.errors import DomainError
from network.models.duties import Certificate, CertificateKind
from network.queries import duties
from network.web.access import Desk, desk, only_sent, say_refusals
from network.web.fields import LATEST, DayField, whole_number

PAGE = 25


class CertificateForm(forms.Form):
    """What it certifies, who issued it, and until when it is valid."""

    kind = forms.ChoiceField(label=_("What it certifies"), choices=CertificateKind.choices)
    name = forms.CharField(
        label=_("Name of the paper"), max_length=80, required=False, help_text=_("Only of another paper.")
    )
    issued_by = forms.CharField(
        label=_("Issued by"), max_length=80, help_text=_("The municipality, the fire brigade, INAES; not a person.")
    )
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    valid_from = DayField(label=_("Valid from"))
    lapses_on = DayField(label=_("Lapses on"), help_text=_("The last day on which it is valid."))
    paper = forms.CharField(
        label=_("Where the paper is"), max_length=120, required=False, help_text=_("The folder or the file.")
    )


@login_required
@require_GET
def certificates(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(duties.certificates(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/duties/certificates.html", at.context("duties") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = CertificateForm(request.POST or None, initial=_renewed(at, whole_number(request.GET.get("renews"))))
    if form.is_valid():
        given = form.cleaned_data | {"kind": CertificateKind(form.cleaned_data["kind"])}
        try:
            acting.certify(organization=at.organization, by=at.user, on=at.on, at=timezone.now(), **given)
        except DomainError as refusal:
            form.add_error("name" if isinstance(refusal, acting.PaperHasNoName) else None, str(refusal))
        else:
            messages.success(request, _("The paper is noted."))
            return redirect("network:certificates", code)
    unsaved = say_refusals(request, at, form)
    return render(request, "network/duties/new.html", at.context("duties") | {"form": form, "unsaved": unsaved})


def _renewed(at: Desk, number: int) -> dict[str, Any]:
    """Return what a renewal has in common with the paper that it follows."""
    before = Certificate.objects.filter(organization=at.organization, pk=number).first()
    if before is None:
        return {"valid_from": at.on}
    # A paper may have been noted as valid for ever; nothing follows on that.
    follows_on = before.lapses_on + dt.timedelta(days=1) if before.lapses_on < LATEST else at.on
    return {"kind": before.kind, "name": before.name, "issued_by": before.issued_by, "valid_from": follows_on}


@login_required
@only_sent
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    number = whole_number(request.POST.get("certificate"))
    certificate = get_object_or_404(Certificate, organization=at.organization, pk=number)
    try:
        acting.withdraw(noted=certificate, by=at.user, on=at.on, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. It stays readable, and counts no longer."))
    return redirect("network:certificates", code)
