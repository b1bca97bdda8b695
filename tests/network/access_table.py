"""Who may open which address, and send what to it: one line a route, and no route without a line.

It stands with the tests, not in the program: the pages ask `network/permissions.py`, which knows mandates and days; a
second list in the program that nothing enforces would only be believed. `test_access.py` holds every route to its line,
as every role, and fails for a route that has none.

**To add a page**: write `Line("its/<slug:code>/address/", opens=…, takes=…)` as the resolver writes the address.
`opens` is who gets the page; `takes` is whose POST may change something, `sends` a form that does (then the test also
sees it work for those who may, so that it is not refused to the others for a spelling mistake); `at` the numbers in
the address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from tests import make
from tests.journeys.world import World
from tests.ledger.web.test_barter_form import form as barter_form
from tests.network import access_sent as sent
from tests.network.access_sent import Form

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


COOP = "coop/<slug:code>/"
LEDGER = [
    Line("", LOGGED_IN),
    Line("jobs/<int:pk>/", ONLY_OFFICER, at=lambda world: {"pk": world.jobs[2].pk}),  # who asked for it
    action("jobs/<int:pk>/again/", ONLY_OFFICER, lambda world: {"pk": world.jobs[2].pk}, lambda _: {}),
    Line(COOP, READERS),
    Line(f"{COOP}barter/", READERS),
    Line(f"{COOP}barter/new/", OWN, OWN, lambda world: barter_form(world.cast)),
    Line(f"{COOP}barter/new/among/", OWN),
    Line(f"{COOP}barter/<int:pk>/edit/among/", OWN, at=sent.barter("proposed")),
    Line(f"{COOP}barter/load/", OWN, OWN, sent.file),
    Line(f"{COOP}barter/load/<int:pk>/", OWN, OWN, sent.wrong_row, lambda world: {"pk": world.uploads[1].pk}),
    action(f"{COOP}barter/load/<int:pk>/start/", OWN, lambda world: {"pk": world.uploads[2].pk}, None),
    Line(f"{COOP}barter/<int:pk>/", READERS, at=sent.barter("running")),
    Line(f"{COOP}barter/<int:pk>/edit/", OWN, OWN, lambda world: barter_form(world.cast), sent.barter("proposed")),
    action(f"{COOP}barter/<int:pk>/answer/", ONLY_OFFICER, sent.barter("draft"), lambda _: {"answer": "sign"}),
    Line(f"{COOP}barter/<int:pk>/deliver/", OWN, OWN, sent.delivered, sent.barter("running")),
    Line(f"{COOP}barter/<int:pk>/pay/", OWN, OWN, None, sent.barter("running")),
    Line(f"{COOP}barter/<int:pk>/adjust/", OWN, OWN, sent.adjusted, sent.barter("running")),
    Line(f"{COOP}delivery/<int:pk>/", READERS, at=sent.waiting_flour),
    action(f"{COOP}delivery/<int:pk>/confirm/", ONLY_OFFICER, sent.waiting_flour, lambda _: {"answer": "confirm"}),
    action(f"{COOP}delivery/<int:pk>/reverse/", ONLY_OFFICER, sent.to_undo, lambda _: {"answer": "agree"}),
    Line(f"{COOP}journal/", READERS),
    Line(f"{COOP}journal/new/", OWN, ONLY_OFFICER, sent.own_entry),
    action(f"{COOP}journal/<int:year>/<int:number>/reverse/", ONLY_OFFICER, sent.own_to_undo, sent.reason),
    Line(f"{COOP}journal/<int:year>/<int:number>/", READERS, at=lambda _: {"year": 2023, "number": 1}),
    Line(f"{COOP}accounts/", READERS),
    Line(f"{COOP}accounts/<int:pk>/", READERS, at=lambda world: {"pk": make.account(world.cast.grafica, "1301").pk}),
    Line(f"{COOP}threshold/", READERS, ONLY_OFFICER, sent.threshold),
    Line(f"{COOP}years/", READERS),
    action(f"{COOP}years/lock/", ONLY_OFFICER, lambda _: {}, sent.last_month),
    action(f"{COOP}years/close/", ONLY_OFFICER, lambda _: {}, lambda _: {"year": "2023", "resolution": "Acta 40"}),
    # Looking whether the books add up changes none of them.
    Line(f"{COOP}reconciliation/", READERS, READERS, lambda _: {}),
]


#: What is offered and needed is no part of a book: for whoever works here, not for whoever reads its books. Everybody
#: in the network looks from the organization that they are of.
OFFERS = [
    Line(f"{COOP}offers/", OWN),
    Line(f"{COOP}offers/ofertas.csv", OWN),
    Line(f"{COOP}offers/own/", OWN),
    Line(f"{COOP}offers/new/", OWN, OWN, sent.listing()),
    Line(f"{COOP}offers/<int:pk>/", OWN, at=sent.listed),
    Line(f"{COOP}offers/<int:pk>/edit/", OWN, OWN, sent.listing(kind="offer"), sent.listed),
    action(f"{COOP}offers/<int:pk>/renew/", OWN, sent.listed, lambda _: {}),
    action(f"{COOP}offers/<int:pk>/close/", OWN, sent.listed, lambda _: {"ending": "met"}),
]


COMMUNITY = f"{COOP}community/"
ASKED = {"answer": "ask", "reason": "Fueron ocho."}
GIVEN = [
    Line(COMMUNITY, READERS),
    Line(f"{COMMUNITY}lend/", OWN, OWN, sent.lent),
    Line(f"{COMMUNITY}<int:pk>/", READERS, at=sent.hosting("running")),
    Line(f"{COMMUNITY}<int:pk>/edit/", OWN, OWN, sent.lent, sent.hosting("draft")),
    action(f"{COMMUNITY}<int:pk>/answer/", ONLY_OFFICER, sent.hosting("draft"), lambda _: {"answer": "sign"}),
    action(f"{COMMUNITY}<int:pk>/end/", ONLY_OFFICER, sent.hosting("quiet"), lambda _: {"reason": "Obras."}),
    Line(f"{COMMUNITY}<int:pk>/tell/", OWN, OWN, sent.took_place, sent.hosting("running")),
    Line(f"{COMMUNITY}told/<int:pk>/", READERS, at=sent.told("logged")),
    # Whoever told of it does not say that it was so.
    action(f"{COMMUNITY}told/<int:pk>/confirm/", NONE, sent.told("logged"), lambda _: {"answer": "confirm"}),
    action(f"{COMMUNITY}told/<int:pk>/reverse/", ONLY_OFFICER, sent.told("confirmed"), lambda _: ASKED),
    Line(f"{COMMUNITY}gifts/", READERS),
    Line(f"{COMMUNITY}gifts/new/", OWN, ONLY_OFFICER, sent.given(hours=False)),
    Line(f"{COMMUNITY}gifts/work/", OWN, OWN, sent.given(hours=True)),
    Line(f"{COMMUNITY}gifts/<int:pk>/", READERS, at=sent.gift("waiting")),
    action(f"{COMMUNITY}gifts/<int:pk>/answer/", ONLY_OFFICER, sent.gift("received"), lambda _: {"answer": "confirm"}),
]


TOGETHER = f"{COOP}coproductions/"
MADE_TOGETHER = [
    Line(TOGETHER, READERS),
    Line(f"{TOGETHER}new/", OWN, OWN, sent.making),
    Line(f"{TOGETHER}<int:pk>/", READERS, at=sent.product("running")),
    Line(f"{TOGETHER}<int:pk>/edit/", OWN, OWN, sent.making, sent.product("draft")),
    action(f"{TOGETHER}<int:pk>/answer/", ONLY_OFFICER, sent.product("proposed"), lambda _: {"answer": "sign"}),
    *(Line(f"{TOGETHER}<int:pk>/{act}/", OWN, OWN, sends, sent.product("running")) for act, sends in sent.ACTS.items()),
    action(f"{TOGETHER}<int:pk>/end/", ONLY_OFFICER, sent.product("quiet"), lambda _: {"reason": "Otra imprenta."}),
    Line(f"{TOGETHER}told/<int:pk>/", READERS, at=sent.made("cost", "logged")),
    action(
        f"{TOGETHER}told/<int:pk>/confirm/", ONLY_OFFICER, sent.made("cost", "logged"), lambda _: {"answer": "confirm"}
    ),
    action(
        f"{TOGETHER}told/<int:pk>/reverse/", ONLY_OFFICER, sent.made("cost", "confirmed"), lambda _: {"answer": "keep"}
    ),
]


CALL = {"kind": "council", "entitled": "5", "agenda": "Compras"}
DECISIONS = [
    # People's names: for their own, and for whoever minutes for them.
    Line(f"{COOP}people/", OWN, ONLY_OFFICER, sent.newcomer),
    action(f"{COOP}people/<int:pk>/end/", ONLY_OFFICER, sent.membership, lambda _: {}),
    Line(f"{COOP}council/", READERS),
    action(f"{COOP}council/elect/", ONLY_OFFICER, lambda _: {}, sent.elected),
    action(f"{COOP}council/recall/", ONLY_OFFICER, lambda _: {}, sent.treasurer),
    # Without an alternate there is nobody to come in: nothing to send that works.
    action(f"{COOP}council/replace/", ONLY_OFFICER, lambda _: {}, None),
    action(f"{COOP}council/resign/", ONLY_OFFICER, lambda _: {}, sent.treasurer),
    Line(f"{COOP}council/rules/", READERS, ONLY_OFFICER),
    Line(f"{COOP}assemblies/", READERS),
    Line(
        f"{COOP}assemblies/new/",
        READERS,
        ONLY_OFFICER,
        lambda _: CALL | {"held_on": timezone.localdate().isoformat()},
    ),
    Line(f"{COOP}assemblies/<int:pk>/", READERS, at=sent.assembly("meeting")),
    action(f"{COOP}assemblies/<int:pk>/meet/", ONLY_OFFICER, sent.assembly("called"), lambda _: {"present": "30"}),
    action(f"{COOP}assemblies/<int:pk>/cancel/", ONLY_OFFICER, sent.assembly("called"), lambda _: {}),
    action(f"{COOP}assemblies/<int:pk>/vote/", ONLY_OFFICER, sent.assembly("meeting"), sent.ballot),
    action(
        f"{COOP}assemblies/<int:pk>/close/", ONLY_OFFICER, sent.assembly("meeting"), lambda _: {"minutes": "Sin más."}
    ),
    Line(
        f"{COOP}resolutions/",
        READERS,
        ONLY_OFFICER,
        lambda _: {"text": "Se fija la cuota.", "resolved_on": "2024-03-01", "paper": "Libro 1"},
    ),
    Line("reports/<slug:code>/minutes/<int:pk>/", READERS, at=sent.assembly("closed")),
]


#: Who holds an office there or in a body above.
OVERSEERS = frozenset({OFFICER, AUDITOR})
DUTIES = [
    Line(f"{COOP}duties/", READERS),
    Line(f"{COOP}duties/below/", OVERSEERS),
    Line(f"{COOP}duties/calendar.ics", READERS),
    Line(f"{COOP}duties/<slug:key>/", READERS, ONLY_OFFICER, sent.presented, sent.report_due),
    # Nothing was noted yet that could be withdrawn.
    action(f"{COOP}duties/withdraw/", ONLY_OFFICER, lambda _: {}, None),
    Line(f"{COOP}certificates/", READERS),
    Line(f"{COOP}certificates/new/", READERS, ONLY_OFFICER, sent.insurance),
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
    Line("network/<slug:code>/decide/", EDITORS, frozenset({OPERATOR}), sent.suspended),
    # It still owes something: there is nothing to send that works.
    Line("network/<slug:code>/leave/", EDITORS, EDITORS),
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
    *OFFERS,
    *GIVEN,
    *MADE_TOGETHER,
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
