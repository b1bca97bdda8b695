"""The book of resolutions, and what is taken over from the paper book."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network.actions import resolutions
from network.errors import DomainError
from network.queries import assemblies
from network.web.access import desk, say_refusals
from network.web.fields import CountField, DayField

PAGE = 50


class TakeOverForm(forms.Form):
    """A resolution that stands in the paper book."""

    text = forms.CharField(label=_("What was decided"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    resolved_on = DayField(label=_("Day"))
    paper = forms.CharField(
        label=_("Where it stands in the paper book"), max_length=80, help_text=_("Book and page, or number of the act.")
    )
    number = CountField(
        label=_("Number"),
        min_value=1,
        required=False,
        help_text=_("Only for the first one, where this book goes on from the paper book."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        try:
            taken = resolutions.take_over(
                organization=at.organization, by=at.user, on=at.on, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is %(act)s of this book.") % {"act": taken.cited})
            return redirect("network:resolutions", code)
    say_refusals(request, at, form)
    page = Paginator(assemblies.book(at.organization), PAGE).get_page(request.GET.get("page"))
    if page.paginator.count:
        del form.fields["number"]
    return render(request, "network/resolutions/list.html", at.context("assemblies") | {"page": page, "form": form})
