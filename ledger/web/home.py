"""Where one lands: the organizations that one works for, and what waits in each."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ledger.models.accounts import Book
from ledger.queries import (
    agreements,
    balance_confirmations,
    claims,
    clearing,
    contributions,
    credit,
    credited,
    disputes,
    duties,
    findings,
    funded,
    hosting,
    journal,
    loans,
    offers,
)
from ledger.web.access import desk
from network.models.people import User
from network.queries import admissions, councils, invitations, organizations

#: So many members' books on a page.
PAGE = 50
#: So many invitations, clearing rounds and balance confirmations; the others stand on their own page.
INVITED = 5
#: So many disputes that the person mediates.
MEDIATED = 10


@login_required
def start(request: HttpRequest) -> HttpResponse:
    mine = list(organizations.of_user(cast(User, request.user), on=timezone.localdate()))
    if len(mine) == 1:
        return redirect("ledger:home", mine[0].code)
    return render(request, "ledger/home/start.html", {"organizations": mine})


@login_required
def home(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    context = at.context("home")
    members = organizations.with_books_below(at.organization, on=at.on)
    context["page"] = Paginator(members, PAGE).get_page(request.GET.get("page"))
    oversees = at.oversees
    books = findings.books_in_sight(at.organization, on=at.on, oversees=oversees)
    context["health"] = findings.health(books=books)
    if oversees:
        context |= {
            "oversees": True,
            "severities": findings.by_severity_and_age(books=books, at=timezone.now()),
            "round": clearing.next_due(at.organization),
            "today": at.on,
        }
    context["expiring"] = offers.expiring(at.organization, on=at.on) if at.can_log else 0
    context["pressing"] = duties.pressing(at.organization, on=at.on)
    context["invited"] = invitations.waiting_for(at.organization)[:INVITED]
    context["seats"] = councils.warnings(at.organization, on=at.on)
    if at.can_log:
        context["gifts"] = contributions.waiting_for(at.organization)
        context["funded"] = funded.waiting_for(at.organization)
        context["rounds"] = clearing.waiting_for(at.organization)[:INVITED]
        context["asked"] = balance_confirmations.waiting_for(at.organization, on=at.on)[:INVITED]
        context["contested"] = disputes.waiting_for(at.organization)
    context["mediating"] = disputes.mediated_by(at.user)[:MEDIATED]
    if at.organization.stands_for_the_community:
        context["waiting"] = agreements.waiting_for(at.organization)
    book = Book.objects.select_related("organization", "unit").filter(organization=at.organization).first()
    if book is not None:
        context |= {
            "book": book,
            "standing": admissions.standing(at.organization, on=at.on),
            "waiting": agreements.waiting_for(at.organization),
            "overdue": loans.overdue(at.organization, on=at.on) if at.can_log else [],
            "positions": credit.positions(books=[book.pk]),
            "credited": credited.waiting_for(at.organization) if at.can_log else [],
            "given": hosting.given(book=book, on=at.on),
            "owed_to": claims.owed_to(book=book),
            "owed_by": claims.owed_by(book=book),
            "latest": journal.entries(book=book)[:5],
        }
    return render(request, "ledger/home/home.html", context)
