"""Read where an event stands in the inventory of diverse economies, for one of its books."""

from dataclasses import dataclass

from ledger.core import economies
from ledger.core.economies import Place
from ledger.models.accounts import Book
from ledger.models.contributions import Contribution, ContributionKind
from ledger.models.economies import Classification, Enterprise, Labour, Management, Transaction
from ledger.models.journal import Event

#: Where what is given in hours stands, by its kind.
GIVEN = {ContributionKind.WORK.value: economies.GIVEN_WORK, ContributionKind.MENTORING.value: economies.MENTORING}


@dataclass(frozen=True, slots=True)
class Classified:
    """Where an event stands: by its kind, or as somebody said."""

    place: Place
    #: What was said last; None where it stands where its kind does.
    said: Classification | None

    @property
    def words(self) -> list[str]:
        """How it was exchanged, by which labour, in which enterprise, and its class of results, in words."""
        place = self.place
        return [
            str(Transaction(place.transaction).label),
            str(Labour(place.labour).label),
            str(Enterprise(place.enterprise).label),
            str(Management(place.management).label),
        ]


def classified(event: Event, *, book: Book) -> Classified:
    """Return where an event stands for a book. A reversal stands where what it undoes does."""
    undone = event.reverses if event.reverses_id is not None and event.reverses else event
    said = Classification.objects.filter(book=book, event=undone).select_related("recorded_by").order_by("-pk").first()
    if said is None:
        return Classified(_default(undone), None)
    place = Place(
        economies.Transaction(said.transaction),
        economies.Labour(said.labour),
        economies.Enterprise(said.enterprise),
        economies.Management(said.management),
    )
    return Classified(place, said)


def _default(event: Event) -> Place:
    if event.kind == "contribution":
        given = Contribution.objects.filter(event=event).first()
        if given is not None and given.has_return:
            return economies.SPONSORED
        return GIVEN.get(given.kind if given else "", economies.default(event.kind))
    return economies.default(event.kind)
