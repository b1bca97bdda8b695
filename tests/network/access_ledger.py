"""Who may open the pages of a cooperative's book and of what it agrees on, and send what to them."""

from django.utils import timezone

from tests import make
from tests.ledger.web.test_barter_form import form as barter_form
from tests.network import access_sent as sent
from tests.network import access_sent_balances as balances
from tests.network import access_sent_clearing as clearing
from tests.network import access_sent_findings as findings
from tests.network import access_sent_funds as funded
from tests.network import access_sent_records as records
from tests.network import access_sent_register as register
from tests.network import access_sent_vouchers as vouchers
from tests.network.access_lines import AUDITOR, COOP, LOGGED_IN, NONE, OFFICER, ONLY_OFFICER, OWN, READERS, Line, action

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
    Line(f"{COOP}disputes/", READERS),
    Line(f"{COOP}disputes/<int:pk>/", READERS, at=sent.dispute("open")),
    action(f"{COOP}disputes/<int:pk>/answer/", ONLY_OFFICER, sent.dispute("proposed"), lambda _: {"answer": "agree"}),
    Line(f"{COOP}deliveries/<int:pk>/contest/", OWN, ONLY_OFFICER, sent.contested, sent.received_bags),
    Line(f"{COOP}delivery/<int:pk>/", READERS, at=sent.waiting_flour),
    action(f"{COOP}delivery/<int:pk>/confirm/", ONLY_OFFICER, sent.waiting_flour, lambda _: {"answer": "confirm"}),
    action(f"{COOP}delivery/<int:pk>/reverse/", ONLY_OFFICER, sent.to_undo, lambda _: {"answer": "agree"}),
    Line(f"{COOP}clearing/", READERS),
    Line(f"{COOP}clearing/new/", NONE),  # a body's
    Line(f"{COOP}clearing/<int:pk>/", READERS, at=clearing.called),
    action(f"{COOP}clearing/<int:pk>/answer/", ONLY_OFFICER, clearing.called, lambda _: {"answer": "join"}),
    action(f"{COOP}clearing/<int:pk>/file/", NONE, clearing.called, None),  # nothing was worked out yet
    Line(f"{COOP}balances/", READERS),
    Line(f"{COOP}balances/new/", NONE),  # a body's
    Line(f"{COOP}balances/<int:pk>/", READERS, at=balances.called),
    Line(f"{COOP}balances/<int:pk>/members/", NONE, at=balances.called),  # its body's
    action(f"{COOP}balances/<int:pk>/answer/", ONLY_OFFICER, balances.called, lambda _: {"answer": "all"}),
    action(f"{COOP}balances/<int:pk>/explain/", NONE, balances.called, None),  # its body's
    Line(f"{COOP}cash/", READERS),
    Line(f"{COOP}cash/new/", ONLY_OFFICER, ONLY_OFFICER, balances.counted),
    Line(f"{COOP}cash/<int:pk>/", READERS, at=balances.cash),
    Line(f"{COOP}signoffs/", READERS),
    Line(f"{COOP}signoffs/new/", NONE),  # a body's
    Line(f"{COOP}signoffs/<int:pk>/", READERS, at=balances.signed),
    Line(f"{COOP}vouchers/", READERS),
    Line(f"{COOP}vouchers/enter/", OWN, OWN, vouchers.rows),
    Line(f"{COOP}vouchers/print/<int:pk>/", OWN, OWN, vouchers.to_print, sent.barter("running")),
    Line(f"{COOP}vouchers/print/gifts/", OWN, OWN, vouchers.to_print),
    Line(f"{COOP}vouchers/print/fund/<int:pk>/", OWN, OWN, vouchers.to_print, funded.fund),
    Line(f"{COOP}vouchers/sheet/<uuid:sheet>/", READERS, at=vouchers.sheet),
    Line(f"{COOP}vouchers/<slug:voucher>/", READERS, at=vouchers.one),
    action(f"{COOP}vouchers/<slug:voucher>/void/", OWN, vouchers.one, sent.reason),
    Line(f"{COOP}journal/", READERS),
    Line(f"{COOP}journal/new/", OWN, ONLY_OFFICER, sent.own_entry),
    action(f"{COOP}journal/<int:year>/<int:number>/reverse/", ONLY_OFFICER, sent.own_to_undo, sent.reason),
    action(
        f"{COOP}journal/<int:year>/<int:number>/classify/",
        OWN,
        lambda _: {"year": 2023, "number": 1},
        lambda _: {
            "transaction": "gift",
            "labour": "volunteer",
            "enterprise": "communal",
            "management": "outside",
            "reason": "Regalo",
        },
    ),
    Line(f"{COOP}journal/<int:year>/<int:number>/", READERS, at=lambda _: {"year": 2023, "number": 1}),
    Line(f"{COOP}accounts/", READERS),
    Line(f"{COOP}accounts/<int:pk>/", READERS, at=lambda world: {"pk": make.account(world.cast.grafica, "1301").pk}),
    Line(f"{COOP}credit/", READERS),
    action(f"{COOP}credit/open/", NONE, lambda _: {}, None),
    action(f"{COOP}credit/limit/", NONE, lambda _: {}, None),
    Line(f"{COOP}credit/acts/", READERS),
    Line(f"{COOP}credit/acts/<int:pk>/", READERS, at=sent.in_credit("logged")),
    Line(f"{COOP}credit/acts/<int:pk>/contest/", OWN, ONLY_OFFICER, sent.contested, sent.in_credit("sold")),
    action(
        f"{COOP}credit/acts/<int:pk>/answer/", ONLY_OFFICER, sent.in_credit("logged"), lambda _: {"answer": "confirm"}
    ),
    Line(f"{COOP}credit/plus/", OWN, ONLY_OFFICER, sent.plus),
    Line(f"{COOP}credit/sale/", OWN, OWN, sent.sold_for_credit),
    Line(f"{COOP}credit/handover/", OWN, ONLY_OFFICER, sent.position_over),
    # Of the network that issues a credit.
    Line(f"{COOP}credit/<int:pk>/demurrage/", NONE, at=sent.mia),
    action(f"{COOP}credit/<int:pk>/demurrage/rate/", NONE, sent.mia, None),
    action(f"{COOP}credit/<int:pk>/demurrage/note/", NONE, sent.mia, None),
    action(f"{COOP}credit/<int:pk>/demurrage/<int:charge>/", NONE, sent.taken_by_mia, None),
    Line(f"{COOP}handovers/", READERS),
    Line(f"{COOP}handovers/new/<int:claim>/", OWN, OWN, sent.taken_over, sent.owed_in_pesos),
    Line(f"{COOP}handovers/<int:pk>/", READERS, at=sent.handed_over),
    Line(f"{COOP}handovers/<int:pk>/pay/", OWN, OWN, None, sent.handed_over),
    action(f"{COOP}handovers/paid/<int:pk>/confirm/", NONE, lambda _: {"pk": 0}, None),
    action(f"{COOP}handovers/paid/<int:pk>/reverse/", NONE, lambda _: {"pk": 0}, None),
    action(f"{COOP}handovers/<int:pk>/answer/", ONLY_OFFICER, sent.handed_over, lambda _: {"answer": "sign"}),
    Line(f"{COOP}threshold/", READERS, ONLY_OFFICER, sent.threshold),
    Line(f"{COOP}years/<int:year>/surplus/", READERS, at=sent.closed_year),
    Line(f"{COOP}years/", READERS),
    action(f"{COOP}years/lock/", ONLY_OFFICER, lambda _: {}, sent.last_month),
    action(f"{COOP}years/close/", ONLY_OFFICER, lambda _: {}, lambda _: {"year": "2023", "resolution": "Acta 40"}),
    # Looking whether the books add up changes none of them.
    Line(f"{COOP}reconciliation/", READERS, READERS, lambda _: {}),
    Line(f"{COOP}reconciliation/<int:pk>/", READERS, at=findings.numbers),
    action(f"{COOP}reconciliation/<int:pk>/answer/", OWN, findings.numbers, findings.explained),
    Line(f"{COOP}own-records/", READERS, OWN, records.file),
    Line(f"{COOP}own-records/<int:pk>/", READERS, at=records.numbers),
    action(f"{COOP}own-records/<int:pk>/answer/", OWN, records.numbers, lambda _: {"answer": "accept-sure"}),
    action(f"{COOP}own-records/matches/<int:pk>/answer/", OWN, records.of_match, lambda _: {"answer": "accept"}),
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


CALL = {"kind": "council", "entitled": "5", "agenda": "Compras"}
DECISIONS = [
    # People's names: for their own, and for whoever minutes for them.
    Line(f"{COOP}people/", OWN, ONLY_OFFICER, register.newcomer),
    action(f"{COOP}people/<int:pk>/end/", ONLY_OFFICER, register.membership, lambda _: {}),
    Line(f"{COOP}council/", READERS),
    action(f"{COOP}council/elect/", ONLY_OFFICER, lambda _: {}, register.elected),
    action(f"{COOP}council/recall/", ONLY_OFFICER, lambda _: {}, register.treasurer),
    # Without an alternate there is nobody to come in: nothing to send that works.
    action(f"{COOP}council/replace/", ONLY_OFFICER, lambda _: {}, None),
    action(f"{COOP}council/cancel/", ONLY_OFFICER, lambda _: {}, None),
    action(f"{COOP}council/resign/", ONLY_OFFICER, lambda _: {}, register.treasurer),
    Line(f"{COOP}council/rules/", READERS, ONLY_OFFICER),
    Line(f"{COOP}assemblies/", READERS),
    Line(
        f"{COOP}assemblies/new/",
        READERS,
        ONLY_OFFICER,
        lambda _: CALL | {"held_on": timezone.localdate().isoformat()},
    ),
    Line(f"{COOP}assemblies/<int:pk>/", READERS, at=register.assembly("meeting")),
    action(f"{COOP}assemblies/<int:pk>/meet/", ONLY_OFFICER, register.assembly("called"), lambda _: {"present": "30"}),
    action(f"{COOP}assemblies/<int:pk>/cancel/", ONLY_OFFICER, register.assembly("called"), lambda _: {}),
    action(f"{COOP}assemblies/<int:pk>/vote/", ONLY_OFFICER, register.assembly("meeting"), register.ballot),
    action(
        f"{COOP}assemblies/<int:pk>/close/",
        ONLY_OFFICER,
        register.assembly("meeting"),
        lambda _: {"minutes": "Sin más."},
    ),
    Line(
        f"{COOP}resolutions/",
        READERS,
        ONLY_OFFICER,
        lambda _: {"text": "Se fija la cuota.", "resolved_on": "2024-03-01", "paper": "Libro 1"},
    ),
    Line("reports/<slug:code>/vouchers/<uuid:sheet>/", READERS, at=vouchers.sheet),
    Line("reports/<slug:code>/minutes/<int:pk>/", READERS, at=register.assembly("closed")),
]


#: Who holds an office there or in a body above.
OVERSEERS = frozenset({OFFICER, AUDITOR})
DUTIES = [
    Line(f"{COOP}duties/", READERS),
    Line(f"{COOP}duties/below/", OVERSEERS),
    Line(f"{COOP}duties/calendar.ics", READERS),
    Line(f"{COOP}duties/<slug:key>/", READERS, ONLY_OFFICER, register.presented, register.report_due),
    # Nothing was noted yet that could be withdrawn.
    action(f"{COOP}duties/withdraw/", ONLY_OFFICER, lambda _: {}, None),
    Line(f"{COOP}certificates/", READERS),
    Line(f"{COOP}certificates/new/", READERS, ONLY_OFFICER, register.insurance),
    action(f"{COOP}certificates/withdraw/", ONLY_OFFICER, lambda _: {}, None),
]
