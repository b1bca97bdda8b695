"""Every address, as every role, asked and sent to: held to the table of who may (`access_table.py`)."""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from ledger.models import Event
from network.models import User
from tests import make
from tests.cast import Cast
from tests.journeys.world import World
from tests.network import access_lines, access_table
from tests.network.access_table import Line, line_of

#: Where a page may write whatever it shows: sessions, counts of tries, and the trace of who read.
TRACES = ("django_session", "usersessions_usersession", "trama_cache", "network_visit", "network_user")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Yield every address of the program as the resolver writes it."""
    for each in (resolver or get_resolver()).url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, here)
        else:
            yield here


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return World.assemble(cast)


@pytest.fixture
def people(world: World) -> dict[str, User | None]:
    """Return one person for each role."""
    recalled = make.officer("Rita", world.cast.grafica.organization, office="secretary")
    make.recall(recalled, on=timezone.localdate())
    operator = make.user("Olga")
    User.objects.filter(pk=operator.pk).update(is_staff=True)
    # Whoever asks it of others has a second factor.
    make.second_factor(world.cast.ana)
    return {
        access_lines.MEMBER: world.cast.beto,
        access_lines.OFFICER: world.cast.ana,
        access_lines.RECALLED: recalled,
        access_lines.SISTER: world.cast.mario,
        access_lines.AUDITOR: world.cast.silvia,
        access_lines.OPERATOR: operator,
        access_lines.STRANGER: make.user("Nadie"),
        access_lines.NOBODY: None,
    }


def address(route: str, line: Line, world: World) -> str:
    """Fill in what the address names: the print shop, and what the line says, or something."""
    names = {"code": "grafica"} | dict(line.at(world))
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(names.get(found[1], 1)), route.replace("?P<", "<"))
    # The three patterns that are written as regular expressions: a key of a letter, an app, whatever else.
    for pattern, text in (("^", ""), ("$", ""), (r"(1[-:\w]+)", "abc"), (r"(1[0-9A-Za-z]+)-(1.+)", "1-abc")):
        path = path.replace(pattern, text)
    return "/" + re.sub(r"\(1.*?\)", "network", path)


def arrivals(user: User | None) -> Callable[[], Client]:
    """Return how somebody who is logged in arrives with a browser that has seen nothing else."""
    first = Client()
    if user is not None:
        first.force_login(user)

    def arrive() -> Client:
        client = Client()
        client.cookies = copy.deepcopy(first.cookies)
        return client

    return arrive


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note every table that is written and not taken back; then take all of it back."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT"):
            written.append(sql.split()[1])
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            del written[written.index(sql.split()[3]) :]
        elif (found := WRITES.match(sql)) and found[1] not in TRACES:
            written.append(found[1])
        return execute(sql, params, many, context)

    tables: list[str] = []
    with transaction.atomic():
        # The journal is written past Django's cursor (ledger/actions/engines.py).
        before = Event.objects.count()
        with connection.execute_wrapper(watch):
            yield tables
        tables += [each for each in written if not each.strip('"').startswith("s")]
        tables += ["ledger_event"] * (Event.objects.count() - before)
        transaction.set_rollback(True)


def is_led_to_login(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(("/accounts/login/", "/admin/login/"))


def is_open(answer: HttpResponse) -> bool:
    return answer.status_code < 400 and not is_led_to_login(answer)


def is_as_said(answer: HttpResponse, line: Line, role: str) -> bool:
    """Say whether the page opened, or did not, as the line has it for that role."""
    if not line.is_page:
        return answer.status_code in {302, 404, 405}
    if line.route.endswith("*"):
        # Of those that begin so, not each has something to show; but what shows is for whom the line says.
        return answer.status_code < 500 and (answer.status_code != 200 or role in line.opens)
    return is_open(answer) == (role in line.opens)


def has_policy(answer: HttpResponse) -> bool:
    policy = answer.headers.get("Content-Security-Policy", "")
    return "script-src 'self';" in f"{policy};" and "default-src 'none'" in policy and "unsafe" not in policy


class TestTable:
    def test_has_a_line_for_every_route(self):
        missing = [route for route in routes() if line_of(route) is None]

        assert not missing, f"Write lines for these in tests/network/access_table.py: {missing}"

    def test_has_no_line_for_what_is_not_there(self):
        used = {line.route for route in routes() if (line := line_of(route))}

        assert [line.route for line in access_table.TABLE if line.route not in used | {"admin/reports/*"}] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", access_lines.ROLES)
class TestEveryRoute:
    def test_opens_to_whom_the_table_says(self, world: World, people: dict[str, User | None], role: str):
        wrong, arrive = [], arrivals(people[role])
        for route in routes():
            line = line_of(route)
            assert line is not None
            path = address(route, line, world)
            with transaction.atomic():  # each as if it were the first: the logout is one of them
                answer = arrive().get(path)
                b"".join(answer.streaming_content if answer.streaming else [])  # closes the file
                transaction.set_rollback(True)
            if not has_policy(answer):
                wrong.append(f"{path}: no strict policy: {answer.headers.get('Content-Security-Policy')}")
            if not is_as_said(answer, line, role):
                wrong.append(f"{path}: {answer.status_code} {answer.headers.get('Location', '')}")
            if role == access_lines.NOBODY and role not in line.opens | line.takes and not is_led_to_login(answer):
                wrong.append(f"{path}: {answer.status_code}, not led to the login")
        assert not wrong, "\n".join([role, *wrong])

    def test_takes_from_whom_the_table_says(self, world: World, people: dict[str, User | None], role: str):
        wrong, arrive = [], arrivals(people[role])
        for route in routes():
            line = line_of(route)
            assert line is not None
            path = address(route, line, world)
            with watched() as written:
                sent = line.sends(world) if line.sends else {}
                answer = arrive().post(path, sent)
            if answer.status_code >= 500:
                wrong.append(f"{path}: {answer.status_code}")
            if role not in line.takes and written:
                wrong.append(f"{path}: {answer.status_code} and wrote {written}")
            if role in line.takes and line.sends and not written:
                wrong.append(f"{path}: {answer.status_code} and wrote nothing")
            if role == access_lines.NOBODY and role not in line.opens | line.takes and not is_led_to_login(answer):
                wrong.append(f"{path}: {answer.status_code}, not led to the login")
        assert not wrong, "\n".join([role, *wrong])
