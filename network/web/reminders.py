"""What one was reminded of, and whether reminders come by e-mail, too."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network.actions import reminders as acting
from network.models.people import User
from network.queries import reminders

PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if request.method == "POST":
        return _choose(request, person)
    page = Paginator(reminders.of_person(person), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/reminders/mine.html", {"page": page})


def _choose(request: HttpRequest, person: User) -> HttpResponse:
    answer = request.POST.get("wants_letters", "")
    if answer not in {"yes", "no"}:
        messages.error(request, _("Choose one of the answers of the page."))
        return redirect("network:my-reminders")
    acting.choose_letters(person=person, wants_letters=answer == "yes")
    if answer == "yes":
        messages.success(request, _("From now on reminders come by e-mail, too."))
    else:
        messages.success(request, _("You get no more reminders by e-mail. In the pages they stay."))
    return redirect("network:my-reminders")
