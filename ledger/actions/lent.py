"""What is lent, given back and forgiven under a loan; each act counts once the other side confirms it.

Rules: `ledger/core/loans.py`. What is lent is no sale and has no VAT: it goes from the lender's bank or stock into the
borrower's, and is owed. A thing that is given back at another price is worth that price that day: the difference is a
result of having held the debt, in both books. Goods that give money back are sold for it, with their VAT.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, barter, debts, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, remember, require_confirm, require_decision, require_log, require_state
from ledger.actions.barter import OwedHasChanged, TooLittleToPrice
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, Papers, answerable, check_day, logged_before, numbers
from ledger.actions.refusals_lent import ForgivenByResolution, MoreIsGivenBack, MoreThanAgreedToLend
from ledger.core.barter import Done, MoreThanAgreed
from ledger.core.debts import WorthNothing
from ledger.core.loans import Loan, MoreThanLent, MoreThanOwed, OwedIsAnother
from ledger.core.units import INT64_MAX
from ledger.models.agreements import Agreement, AgreementLine, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryItem, DeliveryState
from ledger.models.history import Verb
from ledger.models.loans import LoanTerms
from ledger.queries import loans
from ledger.queries.barter import Standing
from ledger.queries.loans import Stand
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

BANK, STOCK, SALES, HOLDING, VAT_INPUT, VAT_OUTPUT = "1102", "1301", "4103", "4901", "1203", "2103"
GIVEN, RECEIVED = "5402", "4204"
#: What the journal calls each act; handing over what is lent, and goods that give money back, are told apart from it.
KINDS = {
    Act.MONEY: "loan_payment",
    Act.GOODS: "loan_paid_in_goods",
    Act.RETURN: "loan_returned",
    Act.FORGIVEN: "loan_forgiven",
    Act.IN_MONEY: "loan_in_money",
    Act.REVALUATION: "loan_revaluation",
}
LENT = "loan_lent"


class NotGivenBackSo(DomainError):
    """A loan is given back in what was lent, or in what was agreed."""

    message = _("Under this loan nothing is given back in goods: it is given back in money.")


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What is handed over or forgiven: money, or so much of a thing; minor units. `worth` is today's price of it."""

    money: int | None = None
    quantity: int | None = None
    worth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """An act to write down: of which line, and how much at most is there."""

    act: Act
    verb: Verb
    line: AgreementLine | None
    most: int
    too_much: type[DomainError]


def lend(*, agreement: Agreement, amount: int, **told: Any) -> Delivery:
    """Write down what the lender handed over: so much of the money, or of the thing; minor units.

    `told` is that of all acts: see `_log`, with its refusals.

    :raises MoreThanAgreedToLend: if that much is not left to lend.
    """

    def act(terms: LoanTerms, stand: Stand) -> _Act:
        thing = loans.lent_line(terms)
        return _Act(
            act=Act.GOODS if thing else Act.MONEY,
            verb=Verb.LENT,
            line=thing,
            most=stand.left,
            too_much=MoreThanAgreedToLend,
        )

    what = What(quantity=amount) if agreement.loan.money is None else What(money=amount)
    return _log(agreement, act, what, by_lender=True, **told)


def give_back(*, agreement: Agreement, what: What, **told: Any) -> Delivery:
    """Write down what the borrower gave back: money, the thing that was lent, or goods that were agreed on for money.

    :raises NotGivenBackSo: if it is goods, and none were agreed on.
    :raises MoreIsGivenBack: if less is owed.
    """

    def act(terms: LoanTerms, stand: Stand) -> _Act:
        thing, back = loans.lent_line(terms), loans.back_line(terms)
        how: dict[str, Any] = {"verb": Verb.GAVE_BACK, "too_much": MoreIsGivenBack}
        if what.money is not None:
            return _Act(act=Act.MONEY, line=None, most=stand.money_left, **how)
        if thing is not None:
            return _Act(act=Act.RETURN, line=thing, most=stand.things_left, **how)
        if back is None:
            raise NotGivenBackSo
        return _Act(act=Act.GOODS, line=back, most=stand.goods_left, **how)

    return _log(agreement, act, what, by_lender=False, **told)


def forgive(*, agreement: Agreement, what: What, resolution: Resolution | None, **told: Any) -> Delivery:
    """Write down what the lender forgives of what is owed, as its own assembly decided.

    :raises ForgivenByResolution, AnotherBodyDecided, DecidedLater: if it has not.
    :raises MoreIsGivenBack: if less is owed.
    """

    def act(terms: LoanTerms, stand: Stand) -> _Act:
        if resolution is None:
            raise ForgivenByResolution
        require_decision(terms.lender, resolution, is_needed=True, on=told["happened_on"])
        thing = loans.lent_line(terms) if what.money is None else None
        return _Act(
            act=Act.FORGIVEN,
            verb=Verb.FORGAVE,
            line=thing,
            most=stand.things_left if thing else stand.money_left,
            too_much=MoreIsGivenBack,
        )

    return _log(agreement, act, what, by_lender=True, is_decided=True, resolution=resolution, **told)


@transaction.atomic
def _log(
    agreement: Agreement,
    act: Callable[[LoanTerms, Stand], _Act],
    what: What,
    *,
    by_lender: bool,
    key: uuid.UUID,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
    is_decided: bool = False,
    resolution: Resolution | None = None,
) -> Delivery:
    """Write an act down for the side that does it; the same key returns the first one.

    What an assembly forgives its officer writes down, all else any of its people.

    :raises NotForYouToDo, NoMandateToday: if the person may not write it.
    :raises AmountAboveZero: if it is nothing.
    :raises NotAtThisPoint, DeliveredBeforeAgreed, DeliveredInTheFuture, KeyWasUsedForSomethingElse: as everywhere.
    """
    terms = LoanTerms.objects.select_related("agreement", "lender", "borrower").get(agreement=agreement)
    giver, receiver = (terms.lender, terms.borrower) if by_lender else (terms.borrower, terms.lender)
    allowed = require_confirm if is_decided else require_log
    allowed(by=by, organization=giver, on=on)
    agreement = held(agreement)
    stand = loans.stand(terms)
    meant = act(terms, stand)
    row: dict[str, Any] = {"agreement": agreement, "act": meant.act, "giver": giver, "receiver": receiver}
    row |= {"money": what.money, "happened_on": happened_on, "giver_resolution": resolution, **numbers(papers)}
    line, amount = meant.line, what.money or what.quantity or 0
    items = {line.pk: amount} if line else {}
    worths = {line.pk: what.worth} if line and what.worth is not None else {}
    if (earlier := logged_before(key, row, items, worths)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    check_day(agreement, happened_on, on=on)
    if not 0 < amount <= INT64_MAX or (what.worth is not None and not 0 < what.worth <= INT64_MAX):
        raise AmountAboveZero
    if amount > meant.most or _is_beyond(meant, stand, amount):
        raise meant.too_much
    with refusals.from_database():
        delivery = Delivery.objects.create(key=key, logged_by=by, **row)
    if line is not None:
        DeliveryItem.objects.create(delivery=delivery, line=line, quantity=amount, worth=what.worth)
    remember(agreement=agreement, verb=meant.verb, by=by, organization=giver, on=on, delivery=delivery)
    return delivery


def _is_beyond(meant: _Act, stand: Stand, quantity: int) -> bool:
    """Whether goods that give money back are worth more than what is owed, with their VAT."""
    if meant.act != Act.GOODS or meant.verb != Verb.GAVE_BACK or meant.line is None:
        return False
    before = meant.line.quantity - stand.goods_left
    return loans.price(meant.line, before=before, quantity=quantity) > stand.money_left


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date, resolution: Resolution | None = None) -> Delivery:
    """Confirm for its receiver what was lent, given back, forgiven or priced anew: one event, an entry in both books.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    :raises MoreThanAgreedToLend, MoreIsGivenBack, OwedHasChanged: if less is there, or owed, than was told.
    :raises TooLittleToPrice: if a part, or what it leaves, is worth less than a cent.
    :raises ResolutionIsMissing: if a side values more than its assembly lets its officers agree on.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    terms = LoanTerms.objects.get(agreement=agreement)
    stands, loan = loans.standing(delivery=delivery, terms=terms)
    delivery.receiver_resolution = resolution
    barter.require_decisions(delivery, stands, on=on)
    done = _done(delivery, stands, loan)
    priced = {"value": done.value, "worth": done.worth, "vat": done.vat}
    delivery.items.update(**priced)
    lines = [*debts.moved(delivery, stands, done.moves), *_others(delivery, stands, done, terms)]
    is_lent = delivery.giver_id == terms.lender_id and delivery.act in {Act.MONEY, Act.GOODS}
    kind = LENT if is_lent else KINDS[Act(delivery.act)]
    delivery.event = debts.posted(delivery, lines, kind=kind, memo=agreement.title, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        delivery.save(update_fields=["event", "state", "receiver_resolution"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    agreements.close(agreement, is_settled=loan.is_settled, by=by, organization=receiver, on=on)
    return delivery


def _done(delivery: Delivery, stands: Standing, loan: Loan) -> Done:
    try:
        return loans.done(delivery=delivery, stands=stands, loan=loan)
    except MoreThanLent:
        raise MoreThanAgreedToLend from None
    except (MoreThanOwed, MoreThanAgreed):
        raise MoreIsGivenBack from None
    except OwedIsAnother:
        raise OwedHasChanged(thing=_things(stands)) from None
    except WorthNothing:
        raise TooLittleToPrice(thing=_things(stands)) from None


def _things(stands: Standing) -> str:
    return ", ".join(line.thing for line in stands.lines if line.handed)


def _others(delivery: Delivery, stands: Standing, done: Done, terms: LoanTerms) -> list[Planned]:
    """Return the lines of both books besides the debts."""
    unit, agreed = delivery.agreement.unit_id, next((line for line in stands.lines if line.handed), None)
    giver, receiver = stands.books[delivery.giver_id], stands.books[delivery.receiver_id]
    lender, borrower = stands.books[terms.lender_id], stands.books[terms.borrower_id]
    is_sale = delivery.act == Act.GOODS and giver == borrower
    lines: list[tuple[int, str, int]] = [(lender, HOLDING, -done.held), (borrower, HOLDING, done.held)]
    match delivery.act:
        case Act.MONEY:
            lines += [(giver, BANK, -done.worth), (receiver, BANK, done.worth)]
        case Act.GOODS | Act.RETURN:
            lines += [(giver, SALES if is_sale else STOCK, -done.worth), (receiver, STOCK, done.worth)]
            lines += [(giver, VAT_OUTPUT, -done.vat), (receiver, VAT_INPUT, done.vat)]
        case Act.FORGIVEN:
            lines += [(lender, GIVEN, done.worth), (borrower, RECEIVED, -done.worth)]
        case _:
            pass  # only what is owed, and its price, moves
    return [
        Planned(
            place=Place(book, number, unit),
            amount=amount,
            quantity=(agreed.handed if amount > 0 else -agreed.handed) if agreed and number == STOCK else None,
            measure=agreed.measure if agreed and number == STOCK else None,
        )
        for book, number, amount in lines
        if amount
    ]
