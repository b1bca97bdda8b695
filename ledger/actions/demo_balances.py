"""Play how a federation of the demo network confirms balances: most agree, one differs and explains it, some wait."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import balance_answers, balance_confirmations
from ledger.actions.balance_answers import Answer
from ledger.actions.balance_confirmations import Question
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.core.demo_network import SUR
from ledger.models.balance_confirmations import BalanceConfirmation, Said
from ledger.queries import balance_confirmations as read
from network.models.organizations import Organization

#: Whose treasurer is the federation's secretary.
SECRETARY = "caldereria-berisso"
#: Those that the demo lets one log in as: they have still to answer.
SILENT = ("grafica-barracas", "molino-los-andes")
#: Pesos in minor units: what one had not written down yet.
MISSING = 15_000_00


class Confirmation:
    """What the federation asks, and what its members say; days are counted back from the last one."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        for ago, act in ((6, self.call), (4, self.differ), (3, self.explain), (2, self.agree)):
            on = self.until - dt.timedelta(days=ago)
            yield on, partial(act, on=on)

    def call(self, *, on: dt.date) -> None:
        """Ask all members about what was open the day before."""
        body = Organization.objects.get(code=SUR)
        what = Question(as_of=on - dt.timedelta(days=1), answer_until=on + dt.timedelta(days=14))
        key = uuid.uuid5(NAMESPACE, "balances")
        balance_confirmations.call(key=key, body=body, what=what, by=self.members[SECRETARY].treasurer, on=on)

    def differ(self, *, on: dt.date) -> None:
        """Let the last of those who answer have another figure in one balance."""
        member = self.answering()[-1]
        balance = read.by_number(self.called(), member.organization).filter(quantity=0)[0]
        reason = "Falta anotar la última entrega."
        what = Answer(said=Said.DIFFERS, amount=balance.amount + MISSING, quantity=0, reason=reason)
        balance_answers.answer(
            balance=balance,
            organization=member.organization,
            what=what,
            instead_of=None,
            by=member.treasurer,
            on=on,
            at=_noon(on),
        )

    def explain(self, *, on: dt.date) -> None:
        """Note that it was written down meanwhile."""
        answer = self.called().balances.filter(answers__said=Said.DIFFERS).select_related("confirmation__body").get()
        note = "La entrega es del día siguiente: entra en el próximo corte."
        by = self.members[SECRETARY].treasurer
        balance_answers.explain(balance=answer, note=note, by=by, on=on, at=_noon(on))

    def agree(self, *, on: dt.date) -> None:
        """Let the others say that their balances are right."""
        found = self.called()
        for member in self.answering():
            balance_answers.agree_with_all(
                found=found, organization=member.organization, by=member.treasurer, on=on, at=_noon(on)
            )

    def called(self) -> BalanceConfirmation:
        """Return what the federation asked."""
        return BalanceConfirmation.objects.select_related("body").get(body__code=SUR)

    def answering(self) -> list[Member]:
        """Return who answers: all who are asked, but for two."""
        asked = read.asked_members(self.called()).exclude(code__in=SILENT)
        return [self.members[each.code] for each in asked]


def _noon(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
