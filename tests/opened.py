"""What a print shop gives its neighborhood in a year, as open-factory reports and pages tell it."""

import datetime as dt
import hashlib
import uuid
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ledger.actions import contributions, countersignatures, hosted
from ledger.models import Agreement, Contribution, Delivery, Job
from network.models import Organization, User
from reports.actions import openings, photos, requests
from reports.models import Opening, Photo, Publication, Report
from tests import pictures
from tests.cast import Cast
from tests.contributions import GIVEN, festival, fund, give, hours, lesson, shirts, whiteboards
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

    def events(self, **changes: object) -> list[Contribution]:
        """Hold a festival for 300 people, and sponsor shirts for which their name was seen."""
        fund(self.cast)
        told = [festival(self.cast, self.body, **changes), shirts(self.cast, self.body)]
        return [countersignatures.confirm(contribution=give(self.cast, gift), by=self.elsa, on=GIVEN) for gift in told]

    def everything(self) -> None:
        """Let all of it happen."""
        self.april()
        self.gifts()
        self.by_hand()


def opened(cast: Cast, *, story: str = "La tomamos entre todos en 2003.", **changes: object) -> Opening:
    """Open the print shop's page: its treasurer does."""
    told = {"shows_address": False, "by": cast.ana, "on": timezone.localdate(), "at": timezone.now()}
    return openings.open_page(organization=cast.grafica.organization, story=story, **(told | changes))


def finished(cast: Cast, *, kind: str = "open-factory", ends_on: dt.date | None = None) -> Report:
    """Ask for a report of the year so far; it is made at once, of a few letters, so that no test waits for Pango."""
    on = timezone.localdate()
    report = requests.request(
        kind=kind,
        organization=cast.grafica.organization,
        starts_on=dt.date(on.year - 1, 1, 1),
        ends_on=ends_on or on,
        language="es-ar",
        by=cast.ana,
        on=on,
        at=timezone.now(),
    )
    content = b"%PDF-1.7 made up"
    report.sha256, report.size = hashlib.sha256(content).hexdigest(), len(content)
    file = Path(settings.MEDIA_ROOT) / "reports" / f"{report.sha256}.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    report.save(update_fields=["sha256", "size"])
    Job.objects.filter(report=report).update(state="done")
    return report


def published(cast: Cast) -> Publication:
    """Publish the year's open-factory report."""
    return openings.publish(report=finished(cast), by=cast.ana, on=timezone.localdate(), at=timezone.now())


def of_the_world(cast: Cast) -> tuple[Publication, Report]:
    """Open the print shop's page, with a report on it, and one that is made and not there."""
    opened(cast)
    shown = published(cast)
    other = finished(cast, ends_on=timezone.localdate() - dt.timedelta(days=1))
    return shown, other


def painted_today(cast: Cast) -> Contribution:
    """Give the neighborhood hours of work, against a receipt, on whatever day the tests run: a photo may be of it."""
    today = timezone.localdate()
    gift = hours(None, receiver_name="El barrio", happened_on=today)
    told = contributions.log(key=uuid.uuid4(), giver=cast.grafica.organization, gift=gift, by=cast.ana, on=today)
    return countersignatures.acknowledge(contribution=told, receipt="Recibo 7", by=cast.ana, on=today)


def photographed(cast: Cast, activity: str, **changes: object) -> Photo:
    """Add a photo of an activity of the print shop: its treasurer does, today."""
    told: dict[str, object] = {
        "content": pictures.from_a_telephone(),
        "taken_on": dt.date(2026, 4, 20),
        "caption": "El aula de arriba, una noche de clase",
        "is_agreed": True,
        "by": cast.ana,
        "on": timezone.localdate(),
        "at": timezone.now(),
    }
    return photos.add(organization=cast.grafica.organization, activity=activity, **(told | changes))
