"""Open the pages of two cooperatives of the demo network, each with a picture, and publish a report of one.

After the ledger's own demo.
"""

import datetime as dt
from collections.abc import Callable

from ledger.actions import demo
from network.core.mandates import months_after
from network.models import Mandate, Organization, User
from reports.actions import demo_photos, openings, rendering, requests
from reports.actions.kinds import OPEN_FACTORY
from reports.models import Opening, Report

#: Code of the cooperative → its story. What happened to them is made up, and happened so to many.
STORIES = {
    "grafica-barracas": (
        "Los dueños se fueron en 2002 y dejaron ocho meses de sueldos sin pagar. Nos quedamos cuidando las máquinas, y"
        " en 2003 formamos la cooperativa. Hoy imprimimos libros, afiches y bolsas.\n\n"
        "El barrio nos trajo comida cuando no podíamos salir. Por eso, de lunes a jueves a la noche, las aulas de"
        " arriba son del bachillerato popular."
    ),
    "molino-los-andes": (
        "El molino cerró en 2011 con la harina en los silos. Lo volvimos a prender entre todos.\n\n"
        "Dos mañanas por semana atiende acá la sala de salud del barrio."
    ),
}
#: The one whose report is published.
PUBLISHES = "grafica-barracas"


def load(*, on: dt.date, clock: Callable[[], dt.datetime]) -> bool:
    """Open the pages, with a picture each, and publish the report of the months that have passed.

    False where it is done, or no demo is.

    Where PDFs cannot be made the pages stand without it.
    """
    if not demo.is_loaded() or Opening.objects.exists():
        return False
    for code, story in STORIES.items():
        organization = Organization.objects.get(code=code, is_fictional=True)
        by = _officer(organization, on)
        openings.open_page(organization=organization, story=story, shows_address=False, by=by, on=on, at=clock())
        demo_photos.add(organization, by=by, on=on, clock=clock)
    _publish(Organization.objects.get(code=PUBLISHES), on=on, clock=clock)
    return True


def _publish(organization: Organization, *, on: dt.date, clock: Callable[[], dt.datetime]) -> None:
    by, last = _officer(organization, on), on.replace(day=1) - dt.timedelta(days=1)
    report = requests.request(
        kind=OPEN_FACTORY.code,
        organization=organization,
        starts_on=months_after(last.replace(day=1), -11),
        ends_on=last,
        language="es-ar",
        by=by,
        on=on,
        at=clock(),
    )
    made = _made(report, clock=clock)
    if made is not None:
        openings.publish(report=made, by=by, on=on, at=clock())


def _made(report: Report, *, clock: Callable[[], dt.datetime]) -> Report | None:
    return rendering.render(job_id=report.job.pk, clock=clock) if report.job else None


def _officer(organization: Organization, on: dt.date) -> User:
    return Mandate.objects.in_force(on).binding().filter(organization=organization).order_by("pk")[0].user
