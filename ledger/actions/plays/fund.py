"""Steps of scenarios: a solidarity fund, from the assembly that opens it to what is spent of it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import fund_answers, funded, funds
from ledger.actions.funded import Told
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, RATE, TEXT
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund, FundDecision
from network.models.people import User
from network.models.resolutions import Resolution


def fund_of(stage: Stage, body: str, step: Act) -> Fund:
    """Return the fund of a body, as it is now."""
    found = Fund.objects.select_related("book__organization", "book__unit")
    return found.get(book=stage.book(body, step))


@dataclass(frozen=True, kw_only=True)
class SetFund(Act):
    """A body opens its solidarity fund, or sets anew what holds of it, as its assembly decided."""

    verb = "fund"
    subject = "body"
    body: str = told(NAME, "The code of the body, which keeps a book.")
    percent: int = told(RATE, "What each one contributes of what it earned, in per cent.", default=0)
    purpose: str = told(TEXT, "What it may be spent on.")
    since: dt.date | None = told(DAY, "From which day on, if it is not that of the step.", default=None)
    allowed_by: str = told(NAME, "The resolution of the body, by its name in the scenario.")

    def act(self, stage: Stage, by: User) -> None:
        funds.set_terms(
            book=stage.book(self.body, self),
            basis_points=self.percent,
            purpose=self.purpose,
            since=self.since or self.on,
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class DecideFund(Act):
    """Note how much the assembly of a body lets be spent of its fund."""

    verb = "fund_decision"
    subject = "body"
    body: str = told(NAME, "The code of the body.")
    amount: Decimal = told(NUMBER, "How much.")
    purpose: str = told(TEXT, "What for.")
    allowed_by: str = told(NAME, "The resolution of the body, by its name in the scenario.")

    def act(self, stage: Stage, by: User) -> None:
        fund = fund_of(stage, self.body, self)
        funds.decide(
            fund=fund,
            amount=stage.minor(self.amount, fund.book.unit, self),
            purpose=self.purpose,
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class WithFund(Act):
    """What the acts of a fund have in common; by whoever `by` is of, unless `told_by` names another side."""

    subject = "body"
    makes = FundAct
    body: str = told(NAME, "The code of the body whose fund it is.")
    name: str = told(NAME, "A name for it.", key="as", default="")
    told_by: str = told(NAME, "The code of whoever tells of it, if it is not who `by` is a member of.", default="")
    papers: str = told(TEXT, "Kind and number of the papers.", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)
    confirmed_by: str = told(NAME, "An officer of whoever is asked, who confirms it on the same day.", default="")

    def write(self, stage: Stage, by: User, kind: FundKind, amount: Decimal | None, **more: object) -> None:
        """Write it down, have it confirmed where the step says so, and keep its name."""
        # What it went by, a decision or what was open, is not there any more when it is played again.
        key = stage.key(self)
        found = FundAct.objects.get(key=key) if stage.is_again else self._done(stage, by, kind, amount, more)
        stage.keep(self.name, found, self)

    def _done(self, stage: Stage, by: User, kind: FundKind, amount: Decimal | None, more: dict[str, object]) -> FundAct:
        fund = fund_of(stage, self.body, self)
        act = funded.log(
            key=stage.key(self),
            fund=fund,
            teller=stage.side(self.told_by, by, self),
            told=Told(
                kind=kind,
                amount=None if amount is None else stage.minor(amount, fund.book.unit, self),
                happened_on=day_of(self.happened, self),
                papers=self.papers,
                **more,  # type: ignore[arg-type]  # each by its name
            ),
            by=by,
            on=self.on,
        )
        if self.confirmed_by:
            act = fund_answers.confirm(act=act, by=stage.person(self.confirmed_by, self), on=self.on)
        return act


@dataclass(frozen=True, kw_only=True)
class Levy(WithFund):
    """Somebody contributes to a fund: so much, or the fund's rate of so much. It is owed until it is paid."""

    verb = "fund_levy"
    contributor: str = told(NAME, "The code of whoever contributes.", key="from")
    what: str = told(TEXT, "What it is a contribution of.")
    amount: Decimal | None = told(NUMBER, "How much.", default=None)
    base: Decimal | None = told(NUMBER, "Or: of how much the rate is taken.", default=None)

    def act(self, stage: Stage, by: User) -> None:
        other = stage.organization(self.contributor, self)
        unit = stage.book(self.body, self).unit
        base = None if self.base is None else stage.minor(self.base, unit, self)
        self.write(stage, by, FundKind.LEVY, self.amount, other=other, what=self.what, base=base)


@dataclass(frozen=True, kw_only=True)
class PayFund(WithFund):
    """What somebody agreed to contribute is paid, or a part of it."""

    verb = "fund_payment"
    levy: str = told(NAME, "What was agreed on, by its name.", key="of")
    amount: Decimal = told(NUMBER, "How much.")

    def act(self, stage: Stage, by: User) -> None:
        levy = stage.get(FundAct, self.levy, self)
        self.write(stage, by, FundKind.PAYMENT, self.amount, other=levy.other, levy=levy)


@dataclass(frozen=True, kw_only=True)
class GiveFund(WithFund):
    """Somebody gives a fund money, of their own accord."""

    verb = "fund_gift"
    giver: str = told(NAME, "The code of whoever gave.", key="from", default="")
    called: str = told(TEXT, "Or the name of an organization that is not in the register.", default="")
    amount: Decimal = told(NUMBER, "How much.")

    def act(self, stage: Stage, by: User) -> None:
        other = stage.organization(self.giver, self) if self.giver else None
        self.write(stage, by, FundKind.GIFT, self.amount, other=other, name=self.called)


@dataclass(frozen=True, kw_only=True)
class SpendFund(WithFund):
    """A body spends of its fund, as its assembly decided."""

    verb = "fund_spending"
    receiver: str = told(NAME, "The code of whoever receives it.", key="to", default="")
    called: str = told(TEXT, "Or the name of an organization that is not in the register.", default="")
    what: str = told(TEXT, "What for.")
    amount: Decimal = told(NUMBER, "How much.")
    allowed_by: str = told(NAME, "The resolution whose amount was noted, by its name in the scenario.", default="")

    def act(self, stage: Stage, by: User) -> None:
        decision = None
        if self.allowed_by:
            resolution = stage.get(Resolution, self.allowed_by, self)
            decision = FundDecision.objects.select_related("resolution").filter(resolution=resolution).first()
        other = stage.organization(self.receiver, self) if self.receiver else None
        more = {"other": other, "name": self.called, "what": self.what, "decision": decision}
        self.write(stage, by, FundKind.SPENDING, self.amount, **more)


@dataclass(frozen=True, kw_only=True)
class UndoFund(Act):
    """Both sides undo an act of a fund, or its body alone where nobody else is asked."""

    verb = "fund_undo"
    subject = "what"
    what: str = told(NAME, "The act, by its name.")
    reason: str = told(TEXT, "Why.")
    agreed_by: str = told(NAME, "An officer of the other side, who agrees on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        act = stage.get(FundAct, self.what, self)
        act.refresh_from_db()
        people = [by, stage.person(self.agreed_by, self)] if self.agreed_by else [by]
        for person in people:
            home = stage.homes[person.pk]
            side = home if home in act.sides else act.body
            act = fund_answers.undo(act=act, organization=side, reason=self.reason, by=person, on=self.on)


STEPS: tuple[type[Play], ...] = (SetFund, DecideFund, Levy, PayFund, GiveFund, SpendFund, UndoFund)
