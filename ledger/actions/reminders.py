"""Remind officers of what falls due: in the pages, and by a letter that goes out once at most."""

import datetime as dt
import logging
import smtplib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from ledger.queries import duties
from network.models.organizations import Organization
from network.models.people import User
from network.models.reminders import Reminder
from network.queries import calendars, reminders
from network.queries.duties import Entry

#: So many organizations are looked at together.
CHUNK = 200

Clock = Callable[[], dt.datetime]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What one officer of one organization has not been told yet."""

    organization: Organization
    person: User
    entries: list[Entry]

    @property
    def goes_out(self) -> bool:
        """Whether it is sent, or only noted for the pages."""
        return self.person.wants_letters and bool(self.person.email)


def remind(*, on: dt.date, clock: Clock) -> int:
    """Tell the officers in force that day of what is due in a month, in a week, or overdue; return how many letters.

    Not within a transaction: each row is kept before its letter goes out. A run that breaks off is begun again by the
    next; two at once share the work. Letters are in the language of the place.

    :raises OSError: if the mail server is not there. Whoever has not been told by then is told by the next run.
    """
    sent, last = 0, 0
    while chunk := list(Organization.objects.filter(pk__gt=last).select_related("registration").order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        with translation.override(settings.LANGUAGE_CODE):
            letters = list(_letters(chunk, on=on))
            for letter in (each for each in letters if not each.goes_out):
                _take(letter, at=clock())
            going_out = [each for each in letters if each.goes_out]
            if going_out:
                # Opened first: a mail server that is away takes no reminder from anybody.
                with mail.get_connection() as way_out:
                    sent += sum(_send(each, way_out, clock=clock) for each in going_out)
    return sent


def _letters(chunk: list[Organization], *, on: dt.date) -> Iterator[_Letter]:
    """Yield what is still to be told, officer by officer."""
    numbers = [each.pk for each in chunk]
    years = duties.fiscal_years(numbers, on=on)
    officers = reminders.officers(numbers, on=on)
    open_duties = {
        pk: [each for each in entries if each.stage]
        for pk, entries in calendars.of_organizations(chunk, years=years, on=on).items()
    }
    days = {entry.duty.due_on for entries in open_duties.values() for entry in entries}
    known = Reminder.objects.filter(organization__in=numbers, due_on__in=days)
    told = set(known.values_list("organization", "person", "duty", "due_on", "stage"))
    for organization in chunk:
        for person in officers.get(organization.pk, ()):
            entries = [
                each
                for each in open_duties[organization.pk]
                if (organization.pk, person.pk, each.duty.key, each.duty.due_on, each.stage) not in told
            ]
            if entries:
                yield _Letter(organization, person, entries)


def _take(letter: _Letter, *, at: dt.datetime) -> tuple[uuid.UUID, list[Entry]]:
    """Write the rows that nobody else has written, and return their mark with the duties that are ours to tell.

    The database lets one of several win each row, and the row stays whatever becomes of the letter.
    """
    claim = uuid.uuid4()
    rows = [
        Reminder(
            organization=letter.organization,
            person=letter.person,
            duty=each.duty.key,
            due_on=each.duty.due_on,
            stage=each.stage,
            title=each.title[:200],
            claim=claim,
            noted_at=at,
            by_email=letter.goes_out,
        )
        for each in letter.entries
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    ours = set(Reminder.objects.filter(claim=claim).values_list("duty", flat=True))
    return claim, [each for each in letter.entries if each.duty.key in ours]


def _send(letter: _Letter, way_out: BaseEmailBackend, *, clock: Clock) -> bool:
    """Tell one officer, unless another run has; say whether a letter went out."""
    claim, entries = _take(letter, at=clock())
    if not entries:
        return False
    message = mail.EmailMessage(
        subject=_subject(letter.organization, entries),
        body=render_to_string(
            "ledger/duties/reminder.txt",
            {"organization": letter.organization, "person": letter.person, "entries": entries, "site": _site()},
        ),
        to=[letter.person.email],
        connection=way_out,
    )
    try:
        message.send()
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as refused:
        # This address or these words, not the way out: the others still get theirs.
        log.warning("The letter to person %s was refused: %s", letter.person.pk, refused)
        return False
    Reminder.objects.filter(claim=claim).update(sent_at=clock())
    return True


def _subject(organization: Organization, entries: list[Entry]) -> str:
    number = sum(each.is_overdue for each in entries)
    told = ngettext("%(organization)s: %(number)s duty overdue", "%(organization)s: %(number)s duties overdue", number)
    if not number:
        number = len(entries)
        told = ngettext("%(organization)s: %(number)s duty near", "%(organization)s: %(number)s duties near", number)
    return told % {"organization": organization.name, "number": number}


def _site() -> str:
    """Return where the pages are served, as far as the settings tell."""
    return str(settings.CSRF_TRUSTED_ORIGINS[0]) if settings.CSRF_TRUSTED_ORIGINS else ""
