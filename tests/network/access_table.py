"""Who may open which address, and send what to it: one line a route, and no route without a line.

It stands with the tests, not in the program: the pages ask `network/permissions.py`, which knows mandates and days; a
second list in the program that nothing enforces would only be believed. `test_access.py` holds every route to its line,
as every role, and fails for a route that has none.

**To add a page**: write `Line("its/<slug:code>/address/", opens=…, takes=…)` as the resolver writes the address.
`opens` is who gets the page; `takes` is whose POST may change something, `sends` a form that does (then the test also
sees it work for those who may, so that it is not refused to the others for a spelling mistake); `at` the numbers in
the address.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ledger.models import Delivery
from ledger.queries import duties
from tests import make
from tests.journeys.world import HEAD, WRONG_ROW, World
from tests.ledger.web.browser import key
from tests.ledger.web.test_barter_form import form as barter_form

#: Everybody speaks of the print shop's pages (`<slug:code>` is grafica).
MEMBER = "member"  # logs
OFFICER = "officer"  # confirms
RECALLED = "recalled officer"  # was the secretary until today, and is still a member
SISTER = "officer of a sister cooperative"  # barters with the print shop, and sees none of its books
AUDITOR = "auditor of the federation"  # reads every book below it, writes in none
OPERATOR = "operator"  # of the installation: registers, never posts, reads no book
STRANGER = "stranger"  # logged in, belongs to nothing
NOBODY = "nobody"  # not logged in

ROLES = (MEMBER, OFFICER, RECALLED, SISTER, AUDITOR, OPERATOR, STRANGER, NOBODY)
OWN = frozenset({MEMBER, OFFICER, RECALLED})
READERS = OWN | {AUDITOR}
LOGGED_IN = frozenset(ROLES) - {NOBODY}
ALL = frozenset(ROLES)
NONE: frozenset[str] = frozenset()
ONLY_OFFICER = frozenset({OFFICER})

Form = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Line:
    """One address, or with `*` at its end all that begin so."""

    route: str
    opens: frozenset[str]
    takes: frozenset[str] = NONE
    sends: Form | None = None
    #: The numbers and names in the address, but for the code.
    at: Callable[[World], Mapping[str, Any]] = field(default=lambda _world: {})
    #: An address that only takes what a page sends: whoever opens it is led to that page.
    is_page: bool = True


def action(route: str, takes: frozenset[str], at: Callable[[World], Mapping[str, Any]], sends: Form | None) -> Line:
    return Line(route, NONE, takes, sends, at, is_page=False)


def barter(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.barters[state].pk}


def _waiting_flour(world: World) -> Mapping[str, Any]:
    logged = Delivery.objects.filter(agreement=world.barters["running"], state="logged")
    return {"pk": logged.filter(giver__code="molino")[0].pk}


def _to_undo(world: World) -> Mapping[str, Any]:
    asked = Delivery.objects.filter(agreement=world.barters["running"], reversal_asked_by__code="molino")
    return {"pk": asked.exclude(state="reversed")[0].pk}


def _delivered(world: World) -> Mapping[str, Any]:
    line = world.barters["running"].lines.get(thing="Bolsas impresas")
    return {"key": key(), f"line-{line.pk}": "10", "happened_on": timezone.localdate().isoformat()}


def _wrong_row(world: World) -> Mapping[str, Any]:
    return {f"{world.uploads[1].rows.get().number}.quantity": "60.000"}


def _file(_world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("permutas.csv", (HEAD + WRONG_ROW + WRONG_ROW).encode())}


def _last_month(_world: World) -> Mapping[str, Any]:
    return {"through": (timezone.localdate().replace(day=1) - dt.timedelta(days=1)).isoformat()}


COOP = "coop/<slug:code>/"
LEDGER = [
    Line("", LOGGED_IN),
    Line("jobs/<int:pk>/", ONLY_OFFICER, at=lambda world: {"pk": world.jobs[2].pk}),  # who asked for it
    action("jobs/<int:pk>/again/", ONLY_OFFICER, lambda world: {"pk": world.jobs[2].pk}, lambda _: {}),
    Line(COOP, READERS),
    Line(f"{COOP}barter/", READERS),
    Line(f"{COOP}barter/new/", OWN, OWN, lambda world: barter_form(world.cast)),
    Line(f"{COOP}barter/load/", OWN, OWN, _file),
    Line(f"{COOP}barter/load/<int:pk>/", OWN, OWN, _wrong_row, lambda world: {"pk": world.uploads[1].pk}),
    action(f"{COOP}barter/load/<int:pk>/start/", OWN, lambda world: {"pk": world.uploads[2].pk}, None),
    Line(f"{COOP}barter/<int:pk>/", READERS, at=barter("running")),
    Line(f"{COOP}barter/<int:pk>/edit/", OWN, OWN, lambda world: barter_form(world.cast), barter("proposed")),
    action(f"{COOP}barter/<int:pk>/answer/", ONLY_OFFICER, barter("draft"), lambda _: {"answer": "sign"}),
    Line(f"{COOP}barter/<int:pk>/deliver/", OWN, OWN, _delivered, barter("running")),
    Line(f"{COOP}barter/<int:pk>/pay/", OWN, OWN, None, barter("running")),
    Line(f"{COOP}delivery/<int:pk>/", READERS, at=_waiting_flour),
    action(f"{COOP}delivery/<int:pk>/confirm/", ONLY_OFFICER, _waiting_flour, lambda _: {"answer": "confirm"}),
    action(f"{COOP}delivery/<int:pk>/reverse/", ONLY_OFFICER, _to_undo, lambda _: {"answer": "agree"}),
    Line(f"{COOP}journal/", READERS),
    Line(f"{COOP}journal/<int:year>/<int:number>/", READERS, at=lambda _: {"year": 2023, "number": 1}),
    Line(f"{COOP}accounts/", READERS),
    Line(f"{COOP}accounts/<int:pk>/", READERS, at=lambda world: {"pk": make.account(world.cast.grafica, "1301").pk}),
    Line(f"{COOP}years/", READERS),
    action(f"{COOP}years/lock/", ONLY_OFFICER, lambda _: {}, _last_month),
    action(f"{COOP}years/close/", ONLY_OFFICER, lambda _: {}, lambda _: {"year": "2023", "resolution": "Acta 40"}),
    # Looking whether the books add up changes none of them.
    Line(f"{COOP}reconciliation/", READERS, READERS, lambda _: {}),
]


def assembly(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.assemblies[state].pk}


def _ballot(world: World) -> Mapping[str, Any]:
    item = world.assemblies["meeting"].agenda.get(number=1).pk
    counted = {"in_favour": "20", "against": "6", "abstentions": "4"}
    return {"item": item, "text": "Se aprueba.", "majority": "simple"} | counted


def _elected(world: World) -> Mapping[str, Any]:
    today = timezone.localdate()
    act = world.cast.grafica.organization.resolutions.get(number=1).pk
    days = {"starts_on": today.isoformat(), "until": (today + dt.timedelta(days=99)).isoformat()}
    return {"user": world.cast.beto.pk, "office": "member_at_large", "seat": "7", "resolution": act} | days


def _treasurer(world: World) -> Mapping[str, Any]:
    grafica = world.cast.grafica.organization
    return {"mandate": grafica.mandates.get(user=world.cast.ana).pk, "resolution": grafica.resolutions.get(number=1).pk}


CALL = {"kind": "council", "entitled": "5", "agenda": "Compras"}
DECISIONS = [
    Line(f"{COOP}council/", READERS),
    action(f"{COOP}council/elect/", ONLY_OFFICER, lambda _: {}, _elected),
    action(f"{COOP}council/recall/", ONLY_OFFICER, lambda _: {}, _treasurer),
    # Without an alternate there is nobody to come in: nothing to send that works.
    action(f"{COOP}council/replace/", ONLY_OFFICER, lambda _: {}, None),
    action(f"{COOP}council/resign/", ONLY_OFFICER, lambda _: {}, _treasurer),
    Line(f"{COOP}council/rules/", READERS, ONLY_OFFICER),
    Line(f"{COOP}assemblies/", READERS),
    Line(
        f"{COOP}assemblies/new/",
        READERS,
        ONLY_OFFICER,
        lambda _: CALL | {"held_on": timezone.localdate().isoformat()},
    ),
    Line(f"{COOP}assemblies/<int:pk>/", READERS, at=assembly("meeting")),
    action(f"{COOP}assemblies/<int:pk>/meet/", ONLY_OFFICER, assembly("called"), lambda _: {"present": "30"}),
    action(f"{COOP}assemblies/<int:pk>/cancel/", ONLY_OFFICER, assembly("called"), lambda _: {}),
    action(f"{COOP}assemblies/<int:pk>/vote/", ONLY_OFFICER, assembly("meeting"), _ballot),
    action(f"{COOP}assemblies/<int:pk>/close/", ONLY_OFFICER, assembly("meeting"), lambda _: {"minutes": "Sin más."}),
    Line(
        f"{COOP}resolutions/",
        READERS,
        ONLY_OFFICER,
        lambda _: {"text": "Se fija la cuota.", "resolved_on": "2024-03-01", "paper": "Libro 1"},
    ),
    Line("reports/<slug:code>/minutes/<int:pk>/", READERS, at=assembly("closed")),
]


def _report_due(world: World) -> Mapping[str, Any]:
    overdue = duties.calendar(world.cast.grafica.organization, on=timezone.localdate()).overdue
    return {"key": next(each.duty.key for each in overdue if each.duty.kind == "audit_report")}


def _insurance(_world: World) -> Mapping[str, Any]:
    return {"kind": "insurance", "issued_by": "Seguros", "valid_from": "2026-01-01", "lapses_on": "2030-12-31"}


def _presented(_world: World) -> Mapping[str, Any]:
    return {"presented_on": timezone.localdate().isoformat(), "paper": "Folio 3"}


#: Who holds an office there or in a body above.
OVERSEERS = frozenset({OFFICER, AUDITOR})
DUTIES = [
    Line(f"{COOP}duties/", READERS),
    Line(f"{COOP}duties/below/", OVERSEERS),
    Line(f"{COOP}duties/calendar.ics", READERS),
    Line(f"{COOP}duties/<slug:key>/", READERS, ONLY_OFFICER, _presented, _report_due),
    # Nothing was noted yet that could be withdrawn.
    action(f"{COOP}duties/withdraw/", ONLY_OFFICER, lambda _: {}, None),
    Line(f"{COOP}certificates/", READERS),
    Line(f"{COOP}certificates/new/", READERS, ONLY_OFFICER, _insurance),
    action(f"{COOP}certificates/withdraw/", ONLY_OFFICER, lambda _: {}, None),
]
PAPER = "reports/<slug:code>/"
MADE = {"starts_on": "2023-11-01", "ends_on": "2023-11-30", "language": "es-ar"}
REPORTS = [
    # A statement of what one may read anyway: an auditor may have it made.
    Line(PAPER, READERS, READERS, lambda _: MADE),
    Line(f"{PAPER}<int:pk>/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
    Line(f"{PAPER}<int:pk>/progress/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
    action(f"{PAPER}<int:pk>/again/", READERS, lambda world: {"pk": world.reports[1].pk}, lambda _: {}),
    Line(f"{PAPER}<int:pk>/download/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
]
EDITORS = frozenset({OFFICER, OPERATOR})
ONLY_OPERATOR = frozenset({OPERATOR})
REGISTER = [
    Line("tiers/", LOGGED_IN),
    Line("network/<slug:code>/edit/", EDITORS, EDITORS),
    Line(
        "network/<slug:code>/counts/add/",
        EDITORS,
        EDITORS,
        lambda _: {"workers": "34", "counted_on": "2025-08-01", "source": "INAES"},
    ),
    Line("network/<slug:code>/milestones/add/", EDITORS, EDITORS),
    action("network/<slug:code>/counts/<int:pk>/withdraw/", EDITORS, lambda _: {"pk": 1}, None),
    action("network/<slug:code>/milestones/<int:pk>/withdraw/", EDITORS, lambda _: {"pk": 1}, None),
    Line("register/new/", ONLY_OPERATOR, ONLY_OPERATOR),
    Line("register/load/", ONLY_OPERATOR, ONLY_OPERATOR),
    # Nothing was brought yet.
    Line("register/load/<int:pk>/", NONE),
    action("register/load/<int:pk>/start/", NONE, lambda _: {"pk": 1}, None),
    Line("register/registro.csv", LOGGED_IN),
    # Whoever opted in is known to anybody; nothing is taken there.
    Line("profiles/<slug:code>.json", ALL, ALL),
]
NETWORK = [
    Line("me/", LOGGED_IN),
    Line("me/visits/", LOGGED_IN),
    # Each person's own setting.
    Line("me/reminders/", LOGGED_IN, LOGGED_IN),
    Line("network/", LOGGED_IN),
    Line("network/<slug:code>/", LOGGED_IN),
    Line("network/<slug:code>/visits/", OWN),
    Line("network/<slug:code>/second-factor/", OWN, ONLY_OFFICER, lambda _: {"is_required": "yes"}),
]
#: allauth: the way in is open to all; the rest is each person's own login.
ACCOUNTS = [
    *[
        Line(f"accounts/{open_}", ALL, ALL)
        for open_ in (
            "login/*",
            "logout/",
            "signup/",
            "inactive/",
            "confirm-email/",
            "^confirm-email/(?P<key>[-:\\w]+)/$",
            "password/reset/*",
            "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        )
    ],
    # Whoever wrote the password and still owes the second factor is nobody yet; so the test sees only the way back.
    Line("accounts/*", LOGGED_IN, LOGGED_IN),
]
ADMIN = [
    Line("admin/login/", frozenset({OPERATOR})),
    Line("admin/logout/", NONE, LOGGED_IN, is_page=False),
    # Books, and what people prove themselves with: not even the operator (a superuser has the whole machine).
    Line("admin/ledger/*", NONE),
    Line("admin/reports/*", NONE),
    Line("admin/mfa/*", NONE),
    # People with a login: only a superuser gives and takes them in the admin.
    Line("admin/network/user/*", NONE),
    Line("admin/*", frozenset({OPERATOR}), NONE),
]
TABLE = [
    *LEDGER,
    *REPORTS,
    *DECISIONS,
    *DUTIES,
    *REGISTER,
    *NETWORK,
    *ACCOUNTS,
    *ADMIN,
    Line("i18n/setlang/", NONE, ALL, is_page=False),
]


def line_of(route: str) -> Line | None:
    """Return the line of a route: its own, else the longest that begins so."""
    exact = [line for line in TABLE if line.route == route]
    prefixes = [line for line in TABLE if line.route.endswith("*") and route.startswith(line.route[:-1])]
    return exact[0] if exact else max(prefixes, key=lambda line: len(line.route), default=None)
