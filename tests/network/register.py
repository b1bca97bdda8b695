"""What the tests of the register share: an operator, and files as people bring them."""

import datetime as dt

from network.core.register import HEADINGS
from network.models import User
from tests import make

ON = make.DAY
AT = dt.datetime(2026, 5, 4, 15, tzinfo=dt.UTC)
CBU = "2850590940090418135201"


def operator(name: str = "Olga") -> User:
    """Somebody who runs the installation and speaks for nobody."""
    return User.objects.create_user(f"{name.lower()}@example.org", make.PASSWORD, name=name, is_staff=True)


def file(*rows: dict[str, str], separator: str = ";", english: bool = False) -> bytes:
    """Return a register as somebody saves it: only the columns that its rows use."""
    columns = [column for column in HEADINGS if any(column in row for row in rows)]
    lines = [[HEADINGS[column][-1 if english else 0] for column in columns]]
    lines += [[row.get(column, "") for column in columns] for row in rows]
    return "\n".join(separator.join(line) for line in lines).encode()


def row(name: str, **cells: str) -> dict[str, str]:
    return {"name": name, "kind": "empresa recuperada", **cells}
