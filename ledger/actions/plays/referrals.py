"""Steps of scenarios: customers that are shared, from the first word to the last invoice."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, referrals, referred
from ledger.actions.plays.barter import Handed
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.actions.referrals import Referral, Share
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, RATE, TEXT, many, one_of, rows
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.referrals import Outcome, ReferralForm
from network.models.organizations import Organization
from network.models.people import User


@dataclass(frozen=True, kw_only=True)
class SharedWith:
    """What one of the others does."""

    taker: str = told(NAME, "The code of whoever does it.")
    expected: Decimal = told(NUMBER, "About how much it will invoice, without VAT, in the money of the giver's book.")
    does: str = told(TEXT, "What part of it.", default="")


@dataclass(frozen=True, kw_only=True)
class AgreeReferral(Act):
    """Share a customer: refer one, pass an order on, serve or tender together. Written by an officer, it is signed."""

    verb = "agree: referral"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    giver: str = told(NAME, "The code of whose customer it is.")
    way: str = told(one_of(*ReferralForm.values), "In which way the customer is shared.", default="order")
    work: str = told(TEXT, "What work it is, as the books will say it.")
    customer: str = told(TEXT, "Whose order it is: it stands in no book.")
    shares: tuple[SharedWith, ...] = told(rows(SharedWith), "Who does what.")
    fee: int | None = told(RATE, "The fee, in per cent of what is invoiced; without it, it is a gift.", default=None)
    vat: int | None = told(RATE, "The VAT on the fee, in per cent.", default=None)
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    papers: str = told(TEXT, "The number of the order or the tender.", default="")
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(many(NAME), "Officers of the others, who sign on the same day.", default=())

    def act(self, stage: Stage, by: User) -> None:
        unit = stage.book(self.giver, self).unit
        agreement = referrals.propose(
            key=stage.key(self),
            giver=stage.organization(self.giver, self),
            referral=Referral(
                form=ReferralForm(self.way),
                work=self.work,
                customer=self.customer,
                shares=[
                    Share(
                        taker=stage.organization(share.taker, self),
                        expected=stage.minor(share.expected, unit, self),
                        does=share.does,
                    )
                    for share in self.shares
                ],
                agreed_on=day_of(self.agreed, self),
                fee_rate=self.fee or 0,
                vat_rate=self.vat,
                papers=self.papers,
                resolution=self.resolution,
            ),
            by=by,
            on=self.on,
        )
        stage.keep(self.name, agreement, self)
        for name in self.signed_by if not stage.is_again else ():
            signer = stage.person(name, self)
            agreements.sign(agreement=agreement, organization=stage.homes[signer.pk], by=signer, on=self.on)


@dataclass(frozen=True, kw_only=True)
class TellInvoice(Handed):
    """Tell what was invoiced to a customer that another shared; it counts once the other side confirms it."""

    verb = "invoiced"
    amount: Decimal = told(NUMBER, "How much, without VAT, in the money of the agreement.")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:
        return referred.log(
            agreement=agreement,
            key=stage.key(self),
            taker=giver,
            amount=stage.minor(self.amount, agreement.unit, self),
            happened_on=day_of(self.happened, self),
            papers=self.papers,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class ComeOut(Act):
    """Note how a tender came out: won, and work can be told; lost, and it has ended."""

    verb = "tender"
    subject = "agreement"
    agreement: str = told(NAME, "The agreement, by its name.")
    outcome: str = told(one_of(*Outcome.values), "How it came out.")
    side: str = told(NAME, "The code of the side, if it is not that of the person.", key="for", default="")

    def act(self, stage: Stage, by: User) -> None:
        referrals.decide(
            agreement=stage.get(Agreement, self.agreement, self),
            organization=stage.side(self.side, by, self),
            outcome=Outcome(self.outcome),
            decided_on=self.on,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class EndReferral(Act):
    """End what was shared: nothing waits and nothing is owed."""

    verb = "end"
    subject = "agreement"
    agreement: str = told(NAME, "The agreement, by its name.")
    side: str = told(NAME, "The code of the side, if it is not that of the person.", key="for", default="")
    reason: str = told(TEXT, "What is said about it.")

    def act(self, stage: Stage, by: User) -> None:
        referrals.end(
            agreement=stage.get(Agreement, self.agreement, self),
            organization=stage.side(self.side, by, self),
            reason=self.reason,
            by=by,
            on=self.on,
        )


STEPS: tuple[type[Play], ...] = (AgreeReferral, TellInvoice, ComeOut, EndReferral)
