"""Programs that we did not write add up our exports: bean-check and beancount, and hledger."""

import csv
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from beancount import loader
from beancount.core import realization
from beancount.ops import validation

from ledger.queries import exports
from ledger.queries.scope import Scope

#: Account and unit → balance; what is zero is left out, since they do not show it.
Balances = dict[tuple[str, str], Decimal]


def ours(scope: Scope) -> Balances:
    """Return what `manage.py balances` says."""
    rows = csv.DictReader(io.StringIO("".join(exports.balances(scope))))
    return nonzero({(row["account"], row["unit"]): Decimal(row["balance"]) for row in rows})


def nonzero(balances: Balances) -> Balances:
    return {which: balance for which, balance in balances.items() if balance}


def bean_check(path: Path) -> None:
    """Run bean-check as an outsider would, and let it find nothing."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "bean-check"), "--no-cache", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def of_beancount(text: str) -> Balances:
    """Check a text with all that beancount knows to check, and return the balances that it adds up."""
    entries, errors, _options = loader.load_string(text, extra_validations=validation.HARDCORE_VALIDATIONS)
    assert not errors
    found = {}
    for account in realization.iter_children(realization.realize(entries)):
        for position in account.balance:
            assert position.cost is None
            found[account.account, position.units.currency] = position.units.number
    return nonzero(found)


def of_hledger(path: Path) -> Balances:
    """Check a file strictly, and return the balances that hledger adds up."""
    _hledger(path, "check", "--strict")
    _hledger(path, "check", "ordereddates")
    found = {}
    for account, balances in csv.reader(
        io.StringIO(_hledger(path, "balance", "--flat", "--no-total", "-O", "csv").split("\n", 1)[1])
    ):
        for balance in balances.split(", "):
            number, unit = balance.split(" ")
            found[account, unit.strip('"')] = Decimal(number)
    return nonzero(found)


def _hledger(path: Path, *what: str) -> str:
    done = subprocess.run(["hledger", "-f", str(path), *what], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
