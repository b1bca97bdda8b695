"""Who may open which address, and send what to it: one line a route, and no route without a line.

It stands with the tests, not in the program: the pages ask `network/permissions.py`, which knows mandates and days; a
second list in the program that nothing enforces would only be believed. `test_access.py` holds every route to its line,
as every role, and fails for a route that has none.

**To add a page**: write `Line("its/<slug:code>/address/", opens=…, takes=…)` as the resolver writes the address.
`opens` is who gets the page; `takes` is whose POST may change something, `sends` a form that does (then the test also
sees it work for those who may, so that it is not refused to the others for a spelling mistake); `at` the numbers in
the address.
"""

from tests.network import access_sent_balances as balances
from tests.network import access_sent_opened as opened
from tests.network import access_sent_register as register
from tests.network.access_exchanges import BOOKED, BOUGHT, FUNDED, GIVEN, LENT, MADE_TOGETHER, SHARED, TOLLED
from tests.network.access_ledger import DECISIONS, DUTIES, LEDGER, OFFERS
from tests.network.access_lines import (
    ALL,
    ELSEWHERE,
    LOGGED_IN,
    NONE,
    OFFICER,
    ONLY_OFFICER,
    OPERATOR,
    OWN,
    READERS,
    Line,
    action,
)
from tests.papers import ISSUED

PAPER = "reports/<slug:code>/"
MADE = {"kind": "statement", "starts_on": "2023-11-01", "ends_on": "2023-11-30", "language": "es-ar"}
REPORTS = [
    # A statement of what one may read anyway: an auditor may have it made.
    Line(PAPER, READERS, READERS, lambda _: MADE),
    Line(f"{PAPER}agreements/<int:pk>/", READERS, at=lambda world: {"pk": world.barters["running"].pk}),
    # Of all members of a body: a cooperative has none.
    Line(f"{PAPER}batches/", NONE),
    Line(f"{PAPER}batches/<int:pk>/", NONE, at=lambda world: {"pk": world.batch.pk}),
    Line(f"{PAPER}batches/<int:pk>/progress/", NONE, at=lambda world: {"pk": world.batch.pk}),
    Line(f"{PAPER}batches/<int:pk>/download/", NONE, at=lambda world: {"pk": world.batch.pk}),
    action(f"{PAPER}batches/<int:pk>/call-off/", NONE, lambda world: {"pk": world.batch.pk}, None),
    Line(f"{PAPER}declared/", READERS, ONLY_OFFICER, lambda _: {"training": "120 horas"}),
    Line(f"{PAPER}owing/", READERS),
    Line(f"{PAPER}flows/", READERS),
    Line(f"{PAPER}flows/picture/", READERS),
    Line(f"{PAPER}owing/picture/", READERS),
    Line(
        f"{PAPER}flows/<int:giver>/<slug:kind>/<int:receiver>/",
        READERS,
        at=lambda world: {
            "giver": world.cast.grafica.organization.pk,
            "kind": "barter",
            "receiver": world.cast.molino.organization.pk,
        },
    ),
    Line(f"{PAPER}balances/<int:pk>/", READERS, at=balances.called),
    Line(f"{PAPER}balances/<int:pk>/<slug:member>/", NONE, at=balances.letter),  # its body's
    Line(f"{PAPER}signoffs/<int:pk>/", READERS, at=balances.signed),
    Line(f"{PAPER}rounds/<int:pk>/", NONE, at=lambda world: {"pk": world.round.pk}),  # not in the books yet
    Line(
        f"{PAPER}owing/<int:debtor>/<int:creditor>/",
        READERS,
        at=lambda world: {
            "debtor": world.cast.molino.organization.pk,
            "creditor": world.cast.grafica.organization.pk,
        },
    ),
    Line(f"{PAPER}<int:pk>/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
    Line(f"{PAPER}<int:pk>/progress/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
    action(
        f"{PAPER}<int:pk>/call-off/",
        READERS,
        lambda world: {"pk": world.reports[2].pk},
        lambda _: {},
    ),
    action(f"{PAPER}<int:pk>/again/", READERS, lambda world: {"pk": world.reports[1].pk}, lambda _: {}),
    Line(f"{PAPER}<int:pk>/download/", READERS, at=lambda world: {"pk": world.reports[0].pk}),
    Line(f"{PAPER}open/", READERS, ONLY_OFFICER, opened.told_anew),
    action(f"{PAPER}open/close/", ONLY_OFFICER, lambda _: {}, lambda _: {}),
    action(f"{PAPER}open/publish/", ONLY_OFFICER, lambda _: {}, opened.to_publish),
    action(f"{PAPER}open/withdraw/", ONLY_OFFICER, lambda _: {}, opened.to_withdraw),
    Line(f"{PAPER}open/photos/", READERS, ONLY_OFFICER, opened.another_photo),
    Line(f"{PAPER}open/photos/<int:pk>.jpg", READERS, at=lambda world: {"pk": world.photo.pk}),
    action(f"{PAPER}open/photos/withdraw/", ONLY_OFFICER, lambda _: {}, opened.photo_to_withdraw),
]
#: Of whoever opened its page, anybody reads it; nothing is taken there.
OPENED = [
    Line("open/", ALL, ALL),
    Line("open/<slug:code>/", ALL, ALL),
    Line("open/<slug:code>/reports/<int:pk>.pdf", ALL, ALL, at=opened.published),
    Line("open/<slug:code>/photos/<slug:sha256>.jpg", ALL, ALL, at=opened.photographed),
    *[Line(f"open/<slug:code>/{feed}", ALL, ALL) for feed in ("activities.ics", "profile.json", "open.json")],
]


INVITED = "coop/<slug:code>/invitations/"
EDITORS = frozenset({OFFICER, OPERATOR})
ONLY_OPERATOR = frozenset({OPERATOR})
REGISTER = [
    Line("tiers/", LOGGED_IN),
    Line("network/<slug:code>/edit/", EDITORS, EDITORS),
    # Any body may invite; those that it belongs to decide.
    Line("network/<slug:code>/decide/", EDITORS | {ELSEWHERE}, frozenset({OPERATOR}), register.suspended),
    Line(INVITED, READERS, ONLY_OFFICER, register.declined),
    # It still owes something: there is nothing to send that works.
    Line("network/<slug:code>/leave/", EDITORS, EDITORS),
    Line("network/<slug:code>/counts/", LOGGED_IN),
    Line("network/<slug:code>/milestones/", LOGGED_IN),
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
    # Anybody may ask whether a paper is ours; what is sent is compared and not kept.
    Line("verify/", ALL),
    Line("verify/<slug:identifier>/", ALL, at=lambda _: {"identifier": ISSUED}),
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
    *SHARED,
    *TOLLED,
    *LENT,
    *BOUGHT,
    *BOOKED,
    *FUNDED,
    *MADE_TOGETHER,
    *REPORTS,
    *OPENED,
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
