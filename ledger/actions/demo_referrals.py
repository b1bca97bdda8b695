"""Play the customers that cooperatives of the demo network share: passed on, invoiced, paid for, ended."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, deliveries, referrals, referred
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.referrals import Referral, Share
from ledger.core.demo_referrals import SHARED, WAITING, Shared
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.referrals import Outcome, ReferralForm
from ledger.models.units import Unit

_Step = tuple[dt.date, Callable[[], object]]
PAID_AFTER, ENDS_AFTER = 10, 12


def steps(members: Mapping[str, Member], *, until: dt.date) -> Iterator[_Step]:
    """Yield everything that happens, each on its day; what was told last waits for its answer."""
    plays = [Passed(number, shared, members, until=until) for number, shared in enumerate(SHARED)]
    for play in plays:
        yield from play.steps()
    number, taker, amount = WAITING
    yield until - dt.timedelta(days=1), partial(plays[number].tell, taker, amount, until - dt.timedelta(days=1))


class Passed:
    """One customer that is shared, from the first word to its end."""

    def __init__(self, number: int, shared: Shared, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.number, self.shared, self.members, self.until = number, shared, members, until
        self.giver = members[shared.giver]
        self.agreement: Agreement
        self.told = 0

    def steps(self) -> Iterator[_Step]:
        """Yield what happens, each with its day."""
        shared, agreed = self.shared, self._day(self.shared.days_ago)
        yield agreed, partial(self.agree, agreed)
        if shared.outcome:
            known = agreed + dt.timedelta(days=PAID_AFTER)
            yield known, partial(self.decide, known)
        for taker, days_ago, amount in shared.invoices:
            day = self._day(days_ago)
            yield day, partial(self.work, taker, amount, day)
            if shared.fee:
                later = day + dt.timedelta(days=PAID_AFTER)
                yield later, partial(self.pay, taker, amount, later)
        if shared.ends and shared.invoices:
            last = self._day(min(days_ago for _taker, days_ago, _amount in shared.invoices) - ENDS_AFTER)
            yield last, partial(self.end, last)

    def _day(self, days_ago: int) -> dt.date:
        return self.until - dt.timedelta(days=days_ago)

    def _key(self, what: str) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"referral {self.number} {what}")

    def agree(self, on: dt.date) -> None:
        """Write it down, and have the others sign."""
        shared = self.shared
        takers = [(self.members[code], amount) for code, amount in shared.takers]
        self.agreement = referrals.propose(
            key=self._key("agreed"),
            giver=self.giver.organization,
            referral=Referral(
                form=ReferralForm(shared.way),
                work=shared.work,
                customer=shared.customer,
                shares=[Share(taker=taker.organization, expected=amount * 100) for taker, amount in takers],
                agreed_on=on,
                fee_rate=shared.fee * 100,
                vat_rate=2100,
            ),
            by=self.giver.treasurer,
            on=on,
        )
        for taker, _amount in takers:
            agreements.sign(agreement=self.agreement, organization=taker.organization, by=taker.treasurer, on=on)

    def decide(self, on: dt.date) -> None:
        """Note how the tender came out."""
        referrals.decide(
            agreement=self.agreement,
            organization=self.giver.organization,
            outcome=Outcome(self.shared.outcome),
            decided_on=on,
            by=self.giver.treasurer,
            on=on,
        )

    def tell(self, code: str, amount: int, on: dt.date) -> Delivery:
        """Tell what a taker invoiced."""
        taker = self.members[code]
        self.told += 1
        return referred.log(
            agreement=self.agreement,
            key=self._key(f"told {self.told}"),
            taker=taker.organization,
            amount=amount * 100,
            happened_on=on,
            papers=Papers(invoice=f"A {self.number + 1:04d}-{self.told:08d}"),
            by=taker.treasurer,
            on=on,
        )

    def work(self, code: str, amount: int, on: dt.date) -> None:
        """Tell what a taker invoiced, and have it confirmed."""
        referred.confirm(delivery=self.tell(code, amount, on), by=self.giver.treasurer, on=on)

    def pay(self, code: str, amount: int, on: dt.date) -> None:
        """Pay the fee of an invoice, with its VAT."""
        taker, fee = self.members[code], amount * self.shared.fee
        payment = deliveries.log_payment(
            agreement=self.agreement,
            key=self._key(f"paid {code} {on}"),
            giver=taker.organization,
            receiver=self.giver.organization,
            amount=fee + fee * 21 // 100,
            happened_on=on,
            papers=Papers(invoice=f"Recibo {self.number + 1}"),
            credit=Unit.objects.get(code=self.shared.credit) if self.shared.credit else None,
            by=taker.treasurer,
            on=on,
        )
        referred.confirm(delivery=payment, by=self.giver.treasurer, on=on)

    def end(self, on: dt.date) -> None:
        """End it: all is delivered and paid."""
        referrals.end(
            agreement=self.agreement,
            organization=self.giver.organization,
            reason="Entregado y cobrado.",
            by=self.giver.treasurer,
            on=on,
        )
