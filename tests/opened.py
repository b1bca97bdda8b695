"""What a print shop gives its neighborhood in a year, as open-factory reports and pages tell it."""

import datetime as dt

from ledger.actions import countersignatures, hosted
from ledger.models import Agreement, Contribution, Delivery
from network.models import Organization, User
from tests.cast import Cast
from tests.contributions import GIVEN, fund, give, hours, lesson, whiteboards
from tests.hostings import TOLD, borne, running, school, tell

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


class Neighborhood:
    """A popular high school in the rooms of the print shop, and what else it gives."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.body: Organization
        self.elsa: User
        self.body, self.elsa = school()
        self.agreement: Agreement = running(cast, self.body, self.elsa)

    def april(self, **changes: object) -> Delivery:
        """Tell of April, and have the school counter-sign it: 17 evenings, 204 room hours, $ 176,200."""
        borne(self.cast)
        return hosted.confirm(delivery=tell(self.agreement, self.cast, **changes), by=self.elsa, on=TOLD)

    def gifts(self) -> list[Contribution]:
        """Give whiteboards out of the education fund, 24 hours of four people, a lesson of 16 hours to the mill."""
        fund(self.cast)
        mill = self.cast.molino.organization
        told = [(whiteboards(self.cast, self.body), self.elsa), (hours(self.body), self.elsa)]
        told.append((lesson(mill), self.cast.mario))
        return [countersignatures.confirm(contribution=give(self.cast, gift), by=by, on=GIVEN) for gift, by in told]

    def by_hand(self, name: str = "Familia Gómez") -> Contribution:
        """Give to somebody outside the register, against a receipt."""
        given = give(self.cast, whiteboards(self.cast, None, receiver_name=name, amount=1_000_00, charged_to="5401"))
        return countersignatures.acknowledge(contribution=given, receipt="Recibo 118", by=self.cast.ana, on=GIVEN)

    def everything(self) -> None:
        """Let all of it happen."""
        self.april()
        self.gifts()
        self.by_hand()
