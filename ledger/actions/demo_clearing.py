"""Play the clearing rounds of a federation of the demo network: one in the books, one that has just been called."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import cleared, clearing
from ledger.actions.clearing import Call
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.core.demo_network import SUR
from ledger.models.clearing import ClearingRound, Consent, Stance
from network.models.organizations import Organization
from network.models.people import User

#: Whose treasurer is the federation's secretary.
SECRETARY = "caldereria-berisso"


class Rounds:
    """What the federation calls; days are counted back from the last one."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day."""
        for ago, act in ((9, self.call), (1, self.carry_out), (0, self.call)):
            on = self.until - dt.timedelta(days=ago)
            yield on, partial(act, on=on)

    @property
    def by(self) -> User:
        """Who speaks for the federation."""
        return self.members[SECRETARY].treasurer

    def call(self, *, on: dt.date) -> ClearingRound:
        """Call a round, of which whoever says nothing is a part."""
        body = Organization.objects.select_related("book__unit").get(code=SUR)
        what = Call(
            unit=body.book.unit,
            consent=Consent.STANDING,
            cut_off=on,
            join_until=on + dt.timedelta(days=7),
            answer_until=on + dt.timedelta(days=14),
        )
        return clearing.call(key=uuid.uuid5(NAMESPACE, f"round {on}"), body=body, what=what, by=self.by, on=on)

    def carry_out(self, *, on: dt.date) -> None:
        """Work the first one out; all accept, and it goes into the books."""
        found = cleared.propose(
            found=ClearingRound.objects.filter(body__code=SUR).earliest("pk"), seed="Quiniela 4821", by=self.by, on=on
        )
        for party in found.parties.exclude(stance=Stance.OUT).select_related("organization"):
            treasurer = self.members[party.organization.code].treasurer
            clearing.take_part(found=found, organization=party.organization, by=treasurer, on=on)
        cleared.post(found=found, by=self.by, on=on)
