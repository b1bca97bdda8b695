"""Sign-offs: the síndico of a body looks at a period of a member's book and signs; the member reads what was signed."""

import secrets
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import sign_offs as actions
from ledger.actions.sign_offs import DRAWN_MAX, Period
from ledger.models.accounts import Book
from ledger.models.sign_offs import SignOff
from ledger.queries import sign_offs
from ledger.web.access import Desk, desk
from ledger.web.fields import KeyField
from network.errors import DomainError
from network.models.organizations import TIERS, Organization
from network.web.fields import CountField, DayField

PAGE = 25


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A choice of one of those below a body, by its name."""

    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


class PeriodForm(forms.Form):
    """Whose book, which days, and by what the sample is drawn."""

    member = MemberField(label=_("Whose book"), queryset=Organization.objects.none(), to_field_name="code")
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), help_text=_("A day that has passed. Once signed, the book is closed up to it.")
    )
    count = CountField(label=_("How many entries are drawn"), min_value=1, max_value=DRAWN_MAX, initial=10)
    seed = forms.CharField(
        label=_("By what they are drawn"),
        max_length=64,
        required=False,
        help_text=_("A number drawn in public, the lottery's of the day say. Empty: the computer draws one."),
    )

    def __init__(self, *args: Any, at: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["member"]
        assert isinstance(field, MemberField)  # noqa: S101  # for the type checker
        field.queryset = sign_offs.members(at.organization, on=at.on).select_related("book")

    @property
    def book(self) -> Book:
        """Whose book was chosen."""
        book: Book = self.cleaned_data["member"].book
        return book

    def told(self) -> Period:
        """Return what was written, as the actions take it."""
        data = self.cleaned_data
        return Period(**{name: data[name] for name in Period.__slots__})


class SignForm(PeriodForm):
    """The period that one has looked at, and what one says of it."""

    key = KeyField()
    drawn_from = forms.CharField(max_length=64, widget=forms.HiddenInput)
    statement = forms.CharField(
        label=_("What you state"),
        help_text=_(
            "What you looked at, and how it was. It stays with your name and mandate. No other names of people."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in PeriodForm.base_fields:
            self.fields[name].widget = forms.HiddenInput()


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    is_body = at.organization.kind in TIERS
    found = sign_offs.of_body(at.organization) if is_body else sign_offs.of_book(at.book)
    context = at.context("signoffs") | {
        "is_body": is_body,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        # An ordinary member of a body reads that a period was signed, and nothing of the book.
        "may_look": at.oversees or not is_body,
        "may_sign": is_body and sign_offs.mandate(at.user, at.organization, on=at.on) is not None,
    }
    return render(request, "ledger/sign_offs/list.html", context)


def signed(at: Desk, pk: int) -> SignOff:
    """Return one of what a body signed, for whoever oversees it, or of what was signed of the book; or 404."""
    if at.organization.kind not in TIERS:
        return get_object_or_404(sign_offs.of_book(at.book), pk=pk)
    if not at.oversees:
        raise Http404
    return get_object_or_404(sign_offs.of_body(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    found = signed(at, pk)
    context = at.context("signoffs") | {"found": found, "book": found.book, "sample": sign_offs.sample(found)}
    context["cash"] = sign_offs.cash(found)
    return render(request, "ledger/sign_offs/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a period; look at its sample, checks and findings; sign. The address holds what was chosen."""
    at = desk(request, code)
    if sign_offs.mandate(at.user, at.organization, on=at.on) is None:
        raise Http404
    if request.method == "POST":
        return _sign(request, at)
    form = PeriodForm(request.GET or None, at=at)
    if not form.is_valid():
        return _page(request, at, form, None)
    if not form.cleaned_data["seed"]:
        chosen = request.GET.copy()
        chosen["seed"] = secrets.token_hex(4)
        return redirect(f"{reverse('ledger:signoffs-new', args=[code])}?{chosen.urlencode()}")
    return _page(request, at, form, None)


def _page(request: HttpRequest, at: Desk, form: PeriodForm, sign: SignForm | None) -> HttpResponse:
    """Show the form of the period; where it is right, what is to be looked at, and the form to sign."""
    prepared = None
    if form.is_valid():
        try:
            prepared = actions.prepare(body=at.organization, book=form.book, what=form.told(), by=at.user, on=at.on)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    if prepared is not None and sign is None:
        begun = {name: form[name].value() for name in PeriodForm.base_fields}
        sign = SignForm(initial=begun | {"key": uuid.uuid4(), "drawn_from": prepared.drawn_from}, at=at)
    context = at.context("signoffs") | {
        "form": form,
        "prepared": prepared,
        "sign": sign,
        "book": form.book if prepared is not None else None,
    }
    is_wrong = bool(form.errors) or bool(sign is not None and sign.is_bound and sign.errors)
    return render(request, "ledger/sign_offs/new.html", context, status=422 if is_wrong else 200)


def _sign(request: HttpRequest, at: Desk) -> HttpResponse:
    form, sign = PeriodForm(request.POST, at=at), SignForm(request.POST, at=at)
    if not (form.is_valid() and sign.is_valid()):
        return _page(request, at, form, sign)
    data = sign.cleaned_data
    try:
        found = actions.sign(
            key=data["key"],
            body=at.organization,
            book=sign.book,
            what=sign.told(),
            drawn_from=data["drawn_from"],
            statement=data["statement"],
            by=at.user,
            on=at.on,
            at=timezone.now(),
        )
    except DomainError as refusal:
        sign.add_error(None, str(refusal))
        return _page(request, at, form, sign)
    messages.success(request, _("Signed off. The book is closed up to that day; late facts go under a later one."))
    return redirect("ledger:signoffs-one", at.organization.code, found.pk)
