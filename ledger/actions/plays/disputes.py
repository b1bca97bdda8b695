"""Steps that contest what was confirmed, and end the dispute."""

from dataclasses import dataclass

from ledger.actions import disputes, mediation
from ledger.actions.contested import FIELDS
from ledger.actions.plays.stage import Act, Play, Stage
from ledger.core.scenarios import told
from ledger.core.shapes import NAME, TEXT, one_of
from ledger.models.deliveries import Delivery
from ledger.models.disputes import Contested, Dispute, Outcome
from network.models.people import User


@dataclass(frozen=True, kw_only=True)
class Contest(Act):
    """Contest what was confirmed: it is frozen, and somebody of a federation of one of the two mediates."""

    verb = "contest"
    subject = "delivery"
    makes = Dispute
    delivery: str = told(NAME, "What was confirmed, by its name (`as`): a delivery, payment, gift or act of a fund.")
    name: str = told(NAME, "A name, if later steps speak of it.", key="as", default="")
    version: str = told(TEXT, "What happened, as this side tells it.")
    other_version: str = told(TEXT, "What the other side tells on the same day.", default="")
    told_by: str = told(NAME, "Who of the other side tells it.", default="")
    advice: str = told(TEXT, "What the mediator advises on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        side = stage.homes[by.pk]
        act: Contested = stage.get_any(tuple(FIELDS), self.delivery, self)
        dispute = disputes.contest(
            key=stage.key(self), act=act, organization=side, version=self.version, by=by, on=self.on
        )
        if self.other_version and not stage.is_again:
            other, teller = dispute.other(side), stage.person(self.told_by, self)
            disputes.answer(dispute=dispute, organization=other, version=self.other_version, by=teller, on=self.on)
        if self.advice and dispute.mediator is not None and not stage.is_again:
            mediation.advise(dispute=dispute, advice=self.advice, by=dispute.mediator, on=self.on)
        stage.keep(self.name, dispute, self)


@dataclass(frozen=True, kw_only=True)
class EndDispute(Act):
    """Propose how a dispute ends, and have an officer of the other side agree on the same day."""

    verb = "end_dispute"
    subject = "dispute"
    dispute: str = told(NAME, "The dispute, by its name.")
    outcome: str = told(one_of(*Outcome.values), "It stands, another act puts it right, or it is undone.")
    correction: str = told(NAME, "The act that puts it right, by its name.", default="")
    agreed_by: str = told(NAME, "An officer of the other side.", default="")

    def act(self, stage: Stage, by: User) -> None:
        dispute, side = stage.get(Dispute, self.dispute, self), stage.homes[by.pk]
        proposed = disputes.propose(
            dispute=dispute,
            organization=side,
            outcome=Outcome(self.outcome),
            correction=stage.get(Delivery, self.correction, self) if self.correction else None,
            by=by,
            on=self.on,
        )
        if self.agreed_by:
            officer = stage.person(self.agreed_by, self)
            disputes.agree(dispute=proposed, organization=proposed.other(side), by=officer, on=self.on)


STEPS: tuple[type[Play], ...] = (Contest, EndDispute)
