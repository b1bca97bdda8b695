"""The admin: it shows the register, gives and takes logins with a name behind each, and lets nobody become another."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from network.models import User
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import browser
from tests.platform.house_rules import source_files

pytestmark = pytest.mark.django_db
REGISTER = ("organization", "affiliation", "membership", "mandate", "visit", "secondfactordecision")


@pytest.fixture
def root() -> Client:
    return browser(User.objects.create_superuser("raiz@example.org", make.PASSWORD, name="Raquel"))


@pytest.fixture
def operator() -> Client:
    person = make.user("Olga")
    User.objects.filter(pk=person.pk).update(is_staff=True)
    return browser(person)


class TestRegister:
    def test_is_shown_to_operators_and_changed_by_none(self, cast: Cast, operator: Client, root: Client):
        for who in (operator, root):
            for table in REGISTER:
                assert who.get(f"/admin/network/{table}/").status_code == 200, table
                assert who.get(f"/admin/network/{table}/add/").status_code == 403, table
            code = cast.grafica.organization.pk
            assert who.get(f"/admin/network/organization/{code}/change/").status_code == 200
            assert who.post(f"/admin/network/organization/{code}/change/", {"name": "Otra"}).status_code == 403
            assert who.post(f"/admin/network/organization/{code}/delete/", {"post": "yes"}).status_code == 403

    def test_every_table_of_books_only_shows_and_not_to_operators(self, cast: Cast, operator: Client, root: Client):
        make.sale(cast.grafica)
        books = [model for model in admin.site._registry if model._meta.app_label in {"ledger", "reports"}]
        assert books
        for model in books:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            assert operator.get(address).status_code == 403, address
            assert root.get(address).status_code == 200, address
            assert root.get(f"{address}add/").status_code == 403, address
            if (row := model._default_manager.first()) is not None:
                assert root.post(f"{address}{row.pk}/change/", {}).status_code == 403, address
                assert root.post(f"{address}{row.pk}/delete/", {"post": "yes"}).status_code == 403, address
            sent = {"action": "delete_selected", "_selected_action": "1", "post": "yes"}
            before = model._default_manager.count()
            root.post(address, sent)
            assert model._default_manager.count() == before, address


class TestLogins:
    def test_are_given_without_a_password_and_with_a_name_behind(self, root: Client):
        root.post("/admin/network/user/add/", {"email": "nueva@example.org", "name": "Nueva"})

        person = User.objects.get(email="nueva@example.org")
        assert not person.has_usable_password()
        assert LogEntry.objects.get(object_id=str(person.pk)).user.name == "Raquel"

    def test_are_taken_by_somebody_with_a_name(self, cast: Cast, root: Client):
        root.post(f"/admin/network/user/{cast.ana.pk}/change/", {"name": "Ana"})  # the tick of "active" is gone

        cast.ana.refresh_from_db()
        assert not cast.ana.is_active
        assert LogEntry.objects.get(object_id=str(cast.ana.pk)).user.name == "Raquel"

    def test_cannot_be_taken_over(self, cast: Cast, root: Client):
        before = cast.ana.password
        address = f"/admin/network/user/{cast.ana.pk}/"

        assert root.get(f"{address}password/").status_code == 403
        assert root.post(f"{address}password/", {"password1": "x", "password2": "x"}).status_code == 403
        root.post(f"{address}change/", {"name": "Ana", "email": "otra@example.org", "password": "x", "is_active": "on"})
        assert root.post(f"{address}delete/", {"post": "yes"}).status_code == 403

        cast.ana.refresh_from_db()
        assert (cast.ana.password, cast.ana.email) == (before, "ana@example.org")

    def test_are_not_for_operators_to_give(self, cast: Cast, operator: Client):
        assert operator.get("/admin/network/user/").status_code == 403
        sent = {"name": "Ana", "is_active": "on", "is_superuser": "on"}
        assert operator.post(f"/admin/network/user/{cast.ana.pk}/change/", sent).status_code == 403

    def test_no_table_shows_what_people_prove_themselves_with(self, cast: Cast, root: Client):
        factor = make.second_factor(cast.ana)

        said = root.get(f"/admin/mfa/authenticator/{factor.pk}/change/").content.decode()

        assert "Ana" in said
        assert factor.data["secret"] not in said
        shown = {model._meta.label for model in admin.site._registry}
        assert not shown & {"account.EmailAddress", "usersessions.UserSession", "auth.Group", "sessions.Session"}

    def test_a_lost_second_factor_is_taken_away_with_a_name_behind(self, cast: Cast, root: Client):
        factor = make.second_factor(cast.ana)

        root.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})

        assert LogEntry.objects.get(object_id=str(factor.pk)).user.name == "Raquel"


def test_no_part_of_the_program_makes_an_operator():
    """Nothing sets up a shared account by itself: operators are people, made by hand (`manage.py createsuperuser`)."""
    program = [path for path in source_files() if path.suffix == ".py" and "tests" not in path.parts]
    makes = re.compile(r"create_superuser\(|is_staff\s*=\s*True|is_superuser\s*=\s*True")

    found = {path.name for path in program if makes.search(path.read_text(encoding="utf-8"))}

    assert found == {"people.py"}, "only the manager of the people's table knows how"
