"""Officers are reminded a month before, a week before, and once when it is overdue: never twice."""

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from ledger.actions import reminders
from network.actions import duties as acting
from network.actions import refusals
from network.actions.reminders import choose_letters
from network.models import Organization, Reminder
from network.models.duties import CertificateKind
from tests import make
from tests.plain_sql import is_stopped
from tests.roles import as_the_program

ON = make.DAY


def remind(on: dt.date = ON) -> int:
    return reminders.remind(on=on, clock=lambda: make.NOON)


def insure(of: Organization, lapses_on: dt.date) -> None:
    acting.certify(
        organization=of,
        kind=CertificateKind.INSURANCE,
        issued_by="Seguros cooperativos",
        valid_from=dt.date(2025, 1, 1),
        lapses_on=lapses_on,
        by=None,
        on=ON,
        at=make.NOON,
    )


@pytest.fixture
def centro(db: None) -> Organization:
    """Return a community body: of all duties it has only the paper that each test gives it."""
    return make.organization("centro", kind="community_body", name="Centro Cultural")


@pytest.mark.django_db
class TestStages:
    def test_are_told_once_each_as_the_day_comes_near(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON)

        days = (-31, -30, -29, -8, -7, -6, 0, 1, 2, 100)
        told = {day: remind(ON + dt.timedelta(days=day)) for day in days}

        assert [day for day in days if told[day]] == [-30, -7, 1]
        assert list(Reminder.objects.order_by("pk").values_list("stage", flat=True)) == ["month", "week", "overdue"]

    def test_that_were_missed_are_not_made_up_for(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON + dt.timedelta(days=3))

        assert remind() == 1
        assert remind() == 0
        assert Reminder.objects.get().stage == "week"

    def test_of_another_day_are_told_again(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON + dt.timedelta(days=20))
        assert remind() == 1

        insure(centro, ON + dt.timedelta(days=25))

        assert remind() == 1

    def test_end_when_it_is_done(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON - dt.timedelta(days=2))
        insure(centro, ON + dt.timedelta(days=200))

        assert remind() == 0


@pytest.mark.django_db
class TestLetter:
    def test_goes_to_the_officers_in_force_and_names_nobody_else(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        make.officer("Tomás", centro, office="treasurer", until=ON + dt.timedelta(days=20))
        make.member("Beto", centro)
        insure(centro, ON - dt.timedelta(days=2))

        assert remind() == 2

        assert [letter.to for letter in mail.outbox] == [["cora@example.org"], ["tomás@example.org"]]
        first = mail.outbox[0]
        assert first.subject == "Centro Cultural: 1 obligación vencida"
        assert "Renovar: Póliza de seguro" in first.body
        assert "02/05/2026" in first.body
        # Whose mandate ends is said by the seat.
        assert "Elegir de nuevo: Tesorería" in first.body
        assert "Tomás" not in first.body
        assert "Tomás" in mail.outbox[1].body

    def test_says_where_to_look(self, centro: Organization, settings: Any):
        settings.CSRF_TRUSTED_ORIGINS = ["https://trama.example.org"]
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON)

        remind()

        assert "https://trama.example.org/coop/centro/duties/" in mail.outbox[0].body

    def test_is_not_sent_to_whoever_wants_none_who_sees_it_in_the_pages(self, centro: Organization):
        cora = make.officer("Cora", centro, office="secretary")
        insure(centro, ON)
        choose_letters(person=cora, wants_letters=False)

        assert remind() == 0

        noted = Reminder.objects.get(person=cora)
        assert (noted.by_email, noted.sent_at, noted.title) == (False, None, "Renovar: Póliza de seguro")
        choose_letters(person=cora, wants_letters=True)
        assert remind() == 0

    def test_is_not_sent_to_whoever_can_no_longer_log_in(self, centro: Organization):
        cora = make.officer("Cora", centro, office="secretary")
        type(cora).objects.update(is_active=False)
        insure(centro, ON)

        assert remind() == 0
        assert not Reminder.objects.exists()


@pytest.mark.django_db
class TestMailServer:
    """What the server of the letters does, put in place of the one that keeps them in memory."""

    @pytest.fixture(autouse=True)
    def two_officers(self, centro: Organization) -> None:
        make.officer("Cora", centro, office="secretary")
        make.officer("Tomás", centro, office="treasurer")
        insure(centro, ON)

    def test_that_is_away_takes_nobodys_reminder(self, monkeypatch: pytest.MonkeyPatch):
        def is_away(_server: EmailBackend) -> bool:
            raise ConnectionRefusedError

        with monkeypatch.context() as night:
            night.setattr(EmailBackend, "open", is_away)
            with pytest.raises(ConnectionRefusedError):
                remind()

        assert not Reminder.objects.exists()
        assert remind() == 2

    def test_that_refuses_an_address_takes_the_others(self, monkeypatch: pytest.MonkeyPatch):
        take = EmailBackend.send_messages

        def knows_no_cora(server: EmailBackend, messages: Any) -> int:
            if messages[0].to == ["cora@example.org"]:
                raise smtplib.SMTPRecipientsRefused({"cora@example.org": (550, b"unknown")})
            return take(server, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", knows_no_cora)

        assert remind() == 1
        assert remind() == 0
        assert Reminder.objects.get(sent_at=None).person.name == "Cora"

    def test_that_hangs_up_costs_one_letter_and_no_other(self, monkeypatch: pytest.MonkeyPatch):
        def hangs_up(_server: EmailBackend, _messages: Any) -> int:
            raise smtplib.SMTPServerDisconnected

        with monkeypatch.context() as night:
            night.setattr(EmailBackend, "send_messages", hangs_up)
            with pytest.raises(smtplib.SMTPServerDisconnected):
                remind()

        assert remind() == 1
        assert Reminder.objects.filter(sent_at=None).count() == 1


@pytest.mark.django_db
class TestTheDatabase:
    def test_lets_the_program_do_its_work(self, centro: Organization):
        make.officer("Cora", centro, office="secretary")
        with as_the_program():
            insure(centro, ON)

            assert remind() == 1

        assert Reminder.objects.get().sent_at == make.NOON

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE network_reminder SET stage = 'week'",
            "UPDATE network_reminder SET sent_at = NULL",
            "UPDATE network_reminder SET sent_at = '2026-06-01 12:00:00+00:00'",
            "DELETE FROM network_reminder",
        ],
    )
    def test_keeps_whom_was_told(self, centro: Organization, sql: str):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON)
        remind()

        assert is_stopped(sql) is refusals.WhatWasNotedStays

    @pytest.mark.parametrize(
        "change", ["by_email = '0'", "stage = 'soon'", "sent_at = '2020-01-01 12:00:00+00:00'", "due_on = due_on"]
    )
    def test_stops_a_row_that_cannot_be(self, centro: Organization, change: str):
        make.officer("Cora", centro, office="secretary")
        insure(centro, ON)
        remind()
        told = Reminder.objects.get()
        told.pk = None
        name, _equals, value = change.partition(" = ")
        setattr(told, name, getattr(told, name) if value == name else {"'0'": False}.get(value, value.strip("'")))

        with pytest.raises(IntegrityError, match="reminder"), transaction.atomic():
            told.save(force_insert=True)


@pytest.mark.django_db
class TestCost:
    def test_is_the_same_for_many_who_know(self, centro: Organization, django_assert_num_queries):
        for number in range(15):
            each = make.organization(f"centro-{number}", kind="community_body")
            make.officer(f"Cora{number}", each, office="secretary")
            insure(each, ON)
        assert remind() == 15

        # The organizations, and that there are no more; books and closed years, officers, seats, mandates, papers, and
        # what the officers have been told.
        with django_assert_num_queries(9):
            assert remind() == 0
