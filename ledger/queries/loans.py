"""Read loans: agreements with who lends to whom, where one stands, what an act of it moves, what is overdue."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from ledger.core.apportion import part_of, percentage
from ledger.core.barter import Done, MoreThanAgreed
from ledger.core.debts import WorthNothing, price_of
from ledger.core.loans import Loan, MoreThanLent, MoreThanOwed, OwedIsAnother
from ledger.models.agreements import Agreement, AgreementLine, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.loans import LoanTerms
from ledger.queries import barter, claims
from ledger.queries.barter import Agreed, Effect, Standing
from network.models.organizations import Organization

#: So many overdue loans a home page names; the list shows all.
SHOWN = 5


def with_terms(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Return agreements with who lends and who borrows."""
    return found.select_related("loan__lender", "loan__borrower")


def overdue(organization: Organization, *, on: dt.date) -> list[Agreement]:
    """Return the organization's loans that were to be given back before a day, and are not yet, the longest first."""
    theirs = Agreement.objects.filter(Q(loan__lender=organization) | Q(loan__borrower=organization))
    running = with_terms(theirs.filter(state=AgreementState.ACCEPTED, due_on__lt=on))
    # What was never handed over is not owed.
    return list(running.filter(deliveries__state=DeliveryState.CONFIRMED).order_by("due_on", "pk").distinct()[:SHOWN])


def deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was lent, given back and forgiven, newest first."""
    found = agreement.deliveries.select_related("giver", "receiver", "reversal_asked_by", "giver_resolution")
    return found.prefetch_related("items__line__measure__unit", "disputes__raised_for").order_by("-happened_on", "-pk")


def lent_line(terms: LoanTerms) -> AgreementLine | None:
    """Return the thing that is lent, None where it is money."""
    return _line(terms, terms.lender_id)


def back_line(terms: LoanTerms) -> AgreementLine | None:
    """Return the goods by which money may be given back, if that was agreed."""
    return _line(terms, terms.borrower_id)


def _line(terms: LoanTerms, giver: int) -> AgreementLine | None:
    found = AgreementLine.objects.filter(agreement=terms.agreement_id, giver=giver)
    return found.select_related("measure__unit").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a loan stands: minor units of its money, or of its thing; what still waits for its answer is told apart."""

    #: What was agreed to be lent, and what was: of the money, or of the thing.
    agreed: int
    lent: int
    lending: int
    owed_money: int
    owed_things: int
    #: What things that are owed had been lent at.
    worth: int
    settling_money: int
    settling_things: int
    #: Of the goods by which money may be given back: how much of them is not told of yet.
    goods_left: int

    @property
    def left(self) -> int:
        """How much may still be lent."""
        return self.agreed - self.lent - self.lending

    @property
    def money_left(self) -> int:
        """How much money is owed of which nothing was told yet."""
        return max(0, self.owed_money - self.settling_money)

    @property
    def things_left(self) -> int:
        """How much of the thing is owed of which nothing was told yet."""
        return max(0, self.owed_things - self.settling_things)

    @property
    def is_owed(self) -> bool:
        """Whether anything is owed."""
        return bool(self.owed_money or self.owed_things)


def stand(terms: LoanTerms) -> Stand:
    """Return where a loan stands, in a fixed number of queries."""
    thing, back = lent_line(terms), back_line(terms)
    told: dict[tuple[str, bool, str], tuple[int, int]] = {
        (act, giver == terms.lender_id, state): (money or 0, quantity or 0)
        for act, giver, state, money, quantity in _told(terms)
    }

    def of(act: Act, *, by_lender: bool, state: DeliveryState = DeliveryState.LOGGED, is_money: bool = False) -> int:
        return told.get((act, by_lender, state), (0, 0))[0 if is_money else 1]

    def lent(state: DeliveryState) -> int:
        is_money = thing is None
        return of(Act.MONEY if is_money else Act.GOODS, by_lender=True, state=state, is_money=is_money)

    waiting = of(Act.GOODS, by_lender=False)
    given = of(Act.GOODS, by_lender=False, state=DeliveryState.CONFIRMED)
    debts = list(claims.open_of(agreement=terms.agreement.code))
    in_money = [debt.balance for debt in debts if debt.peg.unit_id == debt.unit_id]
    in_things = [debt.balance for debt in debts if debt.peg.unit_id != debt.unit_id]
    return Stand(
        agreed=thing.quantity if thing else terms.money or 0,
        lent=lent(DeliveryState.CONFIRMED),
        lending=lent(DeliveryState.LOGGED),
        owed_money=sum(each.amount for each in in_money),
        owed_things=sum(each.quantity for each in in_things),
        worth=sum(each.amount for each in in_things),
        settling_money=of(Act.MONEY, by_lender=False, is_money=True)
        + of(Act.FORGIVEN, by_lender=True, is_money=True)
        + (price(back, before=given, quantity=waiting) if back else 0),
        settling_things=of(Act.RETURN, by_lender=False)
        + of(Act.FORGIVEN, by_lender=True)
        + of(Act.IN_MONEY, by_lender=False)
        + of(Act.IN_MONEY, by_lender=True),
        goods_left=back.quantity - given - waiting if back else 0,
    )


def _told(terms: LoanTerms) -> "QuerySet[Delivery, tuple[str, int, str, int | None, int | None]]":
    """Return act, giver and state with the money and the quantity of what was told: each act is of one line at most."""
    states = [DeliveryState.LOGGED, DeliveryState.CONFIRMED]
    found = Delivery.objects.filter(agreement=terms.agreement_id, state__in=states).order_by()
    sums = found.values("act", "giver", "state").annotate(all=Sum("money"), quantity=Sum("items__quantity"))
    return sums.values_list("act", "giver", "state", "all", "quantity")


def price(line: AgreementLine, *, before: int, quantity: int) -> int:
    """Return what so much of the goods that pay money back is worth, with its VAT, after what was given before."""
    value = part_of(line.value, before=before, more=quantity, whole=line.quantity)
    return value + percentage(value, basis_points=line.vat_rate or 0)


def standing(*, delivery: Delivery, terms: LoanTerms) -> tuple[Standing, Loan]:
    """Return what has to be known to post an act under a loan, and the loan on the same debts."""
    stands = barter.standing(delivery=delivery)
    thing = next((line for line in stands.lines if line.giver == terms.lender_id), None)
    loan = Loan(
        lender=terms.lender_id,
        borrower=terms.borrower_id,
        debts=stands.position.debts,
        line=thing.line if thing else None,
    )
    confirmed = Delivery.objects.filter(
        agreement=terms.agreement_id, giver=terms.lender_id, state=DeliveryState.CONFIRMED
    )
    if thing is None:
        lent = confirmed.filter(act=Act.MONEY).aggregate(all=Sum("money", default=0))["all"]
        loan.left = (terms.money or 0) - lent
    else:
        # The agreed value, not that of today's prices.
        agreed = AgreementLine.objects.filter(pk=thing.line).values_list("quantity", "value").get()
        sums = {"quantity": Sum("items__quantity", default=0), "value": Sum("items__value", default=0)}
        lent = confirmed.filter(act=Act.GOODS).aggregate(**sums)
        loan.left, loan.value = agreed[0] - lent["quantity"], agreed[1] - lent["value"]
    return stands, loan


def done(*, delivery: Delivery, stands: Standing, loan: Loan) -> Done:
    """Carry out what an act says, in the loan alone.

    :raises MoreThanLent, MoreThanOwed, OwedIsAnother: if there is not that much to lend, or something else is owed.
    :raises MoreThanAgreed: if less of the goods that pay it back is left.
    """
    agreed = next((line for line in stands.lines if line.handed), None)
    amount = agreed.handed if agreed else delivery.money or 0
    priced = agreed.worth if agreed else None
    vat = 0
    match delivery.act:
        case Act.MONEY | Act.GOODS if delivery.giver_id == loan.lender:
            value = loan.lend(amount)
        case Act.GOODS if agreed:
            value, vat = _goods(agreed, stands)
            loan.settle_money(value + vat)
        case Act.IN_MONEY:
            value = loan.turn_into_money(amount)
        case Act.REVALUATION:
            rise = loan.revalue(amount, priced or 0)
            return Done(value=rise, worth=priced or 0, vat=0, moves=loan.debts.moved(), held=rise)
        case _:
            value = loan.settle_things(amount) if agreed else loan.settle_money(amount)
    worth = priced if priced and delivery.act == Act.RETURN else value
    return Done(value=value, worth=worth, vat=vat, moves=loan.debts.moved(), held=worth - value)


def _goods(agreed: Agreed, stands: Standing) -> tuple[int, int]:
    """Return what goods that pay money back are worth, and their VAT: the last of them what is left."""
    left = agreed.quantity - agreed.delivered_quantity
    if agreed.handed > left:
        raise MoreThanAgreed
    value = price_of(agreed.value - agreed.delivered_value, part=agreed.handed, whole=left)
    return value, stands.position.promises[agreed.line].invoice(value)


def effects(*, delivery: Delivery, terms: LoanTerms) -> list[Effect]:
    """Return what will be owed more or less once an act is confirmed; nothing if it cannot be."""
    stands, loan = standing(delivery=delivery, terms=terms)
    try:
        moves = done(delivery=delivery, stands=stands, loan=loan).moves
    except (MoreThanAgreed, MoreThanLent, MoreThanOwed, OwedIsAnother, WorthNothing):
        return []
    return barter.in_words(moves, stands)
