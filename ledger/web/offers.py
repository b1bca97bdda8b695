"""What others offer and need: looked for, one of them with what meets it, and all of it as a file."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.models.offers import ListingKind
from ledger.queries import matches, offers
from ledger.web.access import own_desk
from network.models.organizations import Sector
from network.web.forms import places

PAGE = 25
MATCHES = 10
FAR = [
    ("", _("Any")),
    ("0", _("the same province")),
    ("1", _("also the next ones")),
    ("2", _("up to two provinces away")),
    ("3", _("up to three provinces away")),
]


class SearchForm(forms.Form):
    """What one looks for among offers and needs, and how far from where."""

    q = forms.CharField(label=_("What"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Offers or needs"),
        choices=[("", _("Both")), (ListingKind.OFFER, _("Offers")), (ListingKind.NEED, _("Needs"))],
        required=False,
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Any")), *Sector.choices], required=False)
    place = forms.ChoiceField(label=_("Seen from"), required=False)
    far = forms.ChoiceField(label=_("How far away"), choices=FAR, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = [("", _("where we are")), *places()]

    def words(self) -> dict[str, Any]:
        """Return what is looked for; what nobody can look for is left out."""
        self.full_clean()
        said = {name: self.cleaned_data.get(name, "") for name in ("kind", "sector", "place")}
        far = self.cleaned_data.get("far")
        return said | {"words": self.cleaned_data.get("q", ""), "far": int(far) if far else None}


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = own_desk(request, code)
    form = SearchForm(request.GET)
    found = offers.search(organization=at.organization, on=at.on, **form.words())
    context = at.context("offers") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    return render(request, "ledger/offers/list.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = own_desk(request, code)
    listing = get_object_or_404(offers.visible(at.organization, on=at.on), pk=pk)
    context = at.context("offers") | {"listing": listing, "is_own": listing.organization_id == at.organization.pk}
    if context["is_own"] and listing.is_open(at.on):
        page = Paginator(matches.of_listing(listing, on=at.on), MATCHES).get_page(request.GET.get("page"))
        context |= {"page": page, "matches": matches.beside(listing, list(page), on=at.on)}
    return render(request, "ledger/offers/detail.html", context)


@login_required
@require_GET
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    at = own_desk(request, code)
    headers = {"Content-Disposition": 'attachment; filename="ofertas.csv"'}
    # With its mark of UTF-8, without which spreadsheets on Windows read accents wrongly.
    lines = ("\ufeff" * (number == 0) + line for number, line in enumerate(offers.lines(on=at.on)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
