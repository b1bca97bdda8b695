"""What is refused about pages that anybody reads; and the same words for what the database refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from network.actions import refusals as register
from network.errors import DomainError
from reports.actions import refusals_photos as photos


class IsNotOpen(DomainError):
    """What is closed is not closed again."""

    message = _("The page is not open to anybody: there is nothing to close.")


class OpenedMeanwhile(DomainError):
    """One page, one row that stands."""

    message = _("Somebody of yours changed the page at the same moment. Look at it, and save again if it is not so.")


class StoryTellsOfAPerson(DomainError):
    """Anybody reads it, and nobody can call it back."""

    message = _(
        "What you write looks like somebody's e-mail address, telephone or document. Anybody will read it: write of the"
        " organization, and of nobody by what belongs to that person alone."
    )


class NotToBePublished(DomainError):
    """Statements and journals tell of others, too; what is not made cannot be shown."""

    message = _("Only a finished open-factory report is published. Ask for one, and publish it once it is made.")


class IsPublishedAlready(DomainError):
    """One report, one place on the page."""

    message = _("That report is on the page already.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    **photos.RULES,
    "opened_by_itself": register.AnotherBodyDecided,
    "opening_once": OpenedMeanwhile,
    "UNIQUE constraint failed: reports_opening.organization_id": OpenedMeanwhile,
    "published_is_open_factory": NotToBePublished,
    "published_once": IsPublishedAlready,
    "UNIQUE constraint failed: reports_publication.report_id": IsPublishedAlready,
}


@contextmanager
def from_database() -> Iterator[None]:
    """Turn what the database refuses into its named sentence; what has no name passes as it is."""
    with register.from_database(RULES):
        yield
