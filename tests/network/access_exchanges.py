"""Who may open the pages of each kind of exchange, and send what to them."""

from tests.network import access_sent as sent
from tests.network import access_sent_funds as funded
from tests.network import access_sent_loans as lent
from tests.network import access_sent_machines as machines
from tests.network import access_sent_purchases as bought
from tests.network.access_lines import COOP, NONE, ONLY_OFFICER, OWN, READERS, Line, action

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
    Line(f"{COMMUNITY}gifts/mentoring/", OWN, OWN, sent.mentored),
    Line(f"{COMMUNITY}gifts/<int:pk>/", READERS, at=sent.gift("waiting")),
    Line(f"{COMMUNITY}gifts/<int:pk>/contest/", OWN, ONLY_OFFICER, sent.contested, sent.gift("confirmed")),
    action(f"{COMMUNITY}gifts/<int:pk>/answer/", ONLY_OFFICER, sent.gift("received"), lambda _: {"answer": "confirm"}),
]
CUSTOMERS, INVOICED = f"{COOP}customers/", f"{COOP}customers/told/<int:pk>/"
SHARED = [
    Line(CUSTOMERS, READERS),
    Line(f"{CUSTOMERS}new/", OWN, OWN, sent.passed_on),
    Line(f"{CUSTOMERS}work/", READERS),
    Line(f"{CUSTOMERS}<int:pk>/", READERS, at=sent.referral("running")),
    Line(f"{CUSTOMERS}<int:pk>/edit/", OWN, OWN, sent.passed_on, sent.referral("draft")),
    action(f"{CUSTOMERS}<int:pk>/answer/", ONLY_OFFICER, sent.referral("proposed"), lambda _: {"answer": "sign"}),
    action(f"{CUSTOMERS}<int:pk>/outcome/", ONLY_OFFICER, sent.referral("tender"), sent.won),
    Line(f"{CUSTOMERS}<int:pk>/tell/", OWN, OWN, sent.on_day(amount="100", invoice="A 1-9"), sent.referral("received")),
    Line(f"{CUSTOMERS}<int:pk>/pay/", OWN, OWN, sent.fee_paid, sent.referral("received")),
    action(f"{CUSTOMERS}<int:pk>/end/", ONLY_OFFICER, sent.referral("tender"), lambda _: {"reason": "No va más."}),
    action(
        f"{CUSTOMERS}told/<int:pk>/confirm/", ONLY_OFFICER, sent.invoiced("logged"), lambda _: {"answer": "confirm"}
    ),
    action(
        f"{CUSTOMERS}told/<int:pk>/reverse/", ONLY_OFFICER, sent.invoiced("confirmed"), lambda _: {"answer": "agree"}
    ),
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


TOLL = f"{COOP}toll/"
TOLLED = [
    Line(TOLL, READERS),
    Line(f"{TOLL}new/", OWN, OWN, sent.toll_work),
    Line(f"{TOLL}<int:pk>/", READERS, at=sent.toll("running")),
    Line(f"{TOLL}<int:pk>/edit/", OWN, OWN, sent.toll_work, sent.toll("draft")),
    action(f"{TOLL}<int:pk>/answer/", ONLY_OFFICER, sent.toll("proposed"), lambda _: {"answer": "sign"}),
    Line(
        f"{TOLL}<int:pk>/hand-over/",
        OWN,
        OWN,
        sent.on_day(quantity="10", cost="100", account="1301"),
        sent.toll("running"),
    ),
    Line(f"{TOLL}<int:pk>/work/", OWN, OWN, sent.on_day(made="10", worked="14", waste="0,10"), sent.toll("working")),
    Line(f"{TOLL}<int:pk>/goods/", OWN, OWN, sent.cloth_for_work, sent.toll("running")),
    Line(f"{TOLL}<int:pk>/pay/", OWN, OWN, sent.fee_paid, sent.toll("running")),
    Line(f"{TOLL}<int:pk>/adjust/", OWN, OWN, sent.fewer, sent.toll("running")),
    action(f"{TOLL}told/<int:pk>/confirm/", ONLY_OFFICER, sent.handed("logged"), lambda _: {"answer": "confirm"}),
    action(f"{TOLL}told/<int:pk>/reverse/", ONLY_OFFICER, sent.sewing, lambda _: {"answer": "agree"}),
]


LOANS = f"{COOP}loans/"
LENT = [
    Line(LOANS, READERS),
    Line(f"{LOANS}new/", OWN, OWN, lent.terms),
    Line(f"{LOANS}<int:pk>/", READERS, at=lent.loan("running")),
    Line(f"{LOANS}<int:pk>/edit/", OWN, OWN, lent.terms, lent.loan("draft")),
    action(f"{LOANS}<int:pk>/answer/", ONLY_OFFICER, lent.loan("proposed"), lambda _: {"answer": "sign"}),
    Line(f"{LOANS}<int:pk>/lend/", OWN, OWN, sent.on_day(quantity="1"), lent.loan("running")),
    Line(f"{LOANS}<int:pk>/give-back/", OWN, OWN, sent.on_day(money="1"), lent.loan("owing")),
    Line(f"{LOANS}<int:pk>/forgive/", ONLY_OFFICER, ONLY_OFFICER, lent.forgiven, lent.loan("running")),
    Line(f"{LOANS}<int:pk>/adjust/", OWN, OWN, lent.fewer, lent.loan("running")),
    action(f"{LOANS}<int:pk>/end/", ONLY_OFFICER, lent.loan("waiting"), lambda _: {"reason": "No va más."}),
    action(f"{LOANS}told/<int:pk>/confirm/", ONLY_OFFICER, lent.waiting, lambda _: {"answer": "confirm"}),
    action(f"{LOANS}told/<int:pk>/reverse/", ONLY_OFFICER, lent.to_undo, lambda _: {"answer": "agree"}),
]


FUND = f"{COOP}fund/"
FUNDED = [
    Line(FUND, READERS),
    # Of the body that keeps it.
    action(f"{FUND}terms/", NONE, lambda _: {}, None),
    action(f"{FUND}<int:pk>/decide/", NONE, funded.fund, None),
    Line(f"{FUND}<int:pk>/spend/", NONE, at=funded.fund),
    Line(f"{FUND}<int:pk>/", READERS, at=funded.fund),
    Line(f"{FUND}<int:pk>/movements/", READERS, at=funded.fund),
    Line(f"{FUND}<int:pk>/acts/", READERS, at=funded.fund),
    Line(f"{FUND}<int:pk>/levy/", OWN, OWN, sent.on_day(amount="10", what="Mayo"), funded.fund),
    Line(f"{FUND}<int:pk>/gift/", OWN, OWN, sent.on_day(amount="10"), funded.fund),
    Line(f"{FUND}acts/<int:pk>/", READERS, at=funded.act("owed")),
    Line(f"{FUND}acts/<int:pk>/pay/", OWN, OWN, sent.on_day(amount="10"), funded.act("owed")),
    Line(f"{FUND}acts/<int:pk>/contest/", OWN, ONLY_OFFICER, sent.contested, funded.act("spent")),
    action(f"{FUND}acts/<int:pk>/answer/", ONLY_OFFICER, funded.act("logged"), lambda _: {"answer": "confirm"}),
]


BUYS = f"{COOP}purchases/"
BOUGHT = [
    Line(BUYS, READERS),
    Line(f"{BUYS}new/", OWN, OWN, bought.terms),
    Line(f"{BUYS}<int:pk>/", READERS, at=bought.purchase("running")),
    Line(f"{BUYS}<int:pk>/edit/", OWN, OWN, bought.terms, bought.purchase("draft")),
    action(f"{BUYS}<int:pk>/answer/", ONLY_OFFICER, bought.purchase("proposed"), lambda _: {"answer": "sign"}),
    Line(f"{BUYS}<int:pk>/buy/", OWN, OWN, bought.invoice, bought.purchase("running")),
    Line(f"{BUYS}<int:pk>/pay/", OWN, OWN, sent.on_day(amount="1"), bought.purchase("bought")),
    action(f"{BUYS}<int:pk>/end/", ONLY_OFFICER, bought.purchase("waiting"), lambda _: {"reason": "No va más."}),
    action(f"{BUYS}bought/<int:pk>/", ONLY_OFFICER, bought.to_enter, lambda _: {"answer": "enter"}),
    Line(f"{BUYS}parts/<int:pk>/", OWN, OWN, sent.on_day(), bought.to_hand_over),
    action(f"{BUYS}told/<int:pk>/confirm/", ONLY_OFFICER, bought.waiting, lambda _: {"answer": "confirm"}),
    action(f"{BUYS}told/<int:pk>/reverse/", ONLY_OFFICER, bought.to_undo, lambda _: {"answer": "agree"}),
]


MACHINES = f"{COOP}machines/"
BOOKED = [
    Line(MACHINES, READERS),
    Line(f"{MACHINES}new/", OWN, OWN, machines.terms),
    Line(f"{MACHINES}<int:pk>/", READERS, at=machines.machine("running")),
    Line(f"{MACHINES}<int:pk>/month/", READERS, at=machines.machine("running")),
    Line(f"{MACHINES}<int:pk>/edit/", OWN, OWN, machines.terms, machines.machine("draft")),
    action(f"{MACHINES}<int:pk>/answer/", ONLY_OFFICER, machines.machine("proposed"), lambda _: {"answer": "sign"}),
    Line(f"{MACHINES}<int:pk>/book/", OWN, OWN, machines.hours, machines.machine("running")),
    Line(f"{MACHINES}<int:pk>/price/", ONLY_OFFICER, ONLY_OFFICER, machines.price, machines.machine("running")),
    Line(f"{MACHINES}<int:pk>/pay/", OWN, OWN, sent.on_day(amount="1"), machines.machine("used")),
    action(f"{MACHINES}<int:pk>/end/", ONLY_OFFICER, machines.machine("idle"), lambda _: {"reason": "No va más."}),
    action(f"{MACHINES}booked/<int:pk>/", OWN, machines.asked, lambda _: {"answer": "agree"}),
    Line(f"{MACHINES}booked/<int:pk>/tell/", OWN, OWN, machines.used, machines.to_tell),
    action(f"{MACHINES}told/<int:pk>/confirm/", ONLY_OFFICER, machines.waiting, lambda _: {"answer": "confirm"}),
    action(f"{MACHINES}told/<int:pk>/reverse/", ONLY_OFFICER, machines.to_undo, lambda _: {"answer": "agree"}),
]
