"""Names that other programs take: accounts and commodities, alike in beancount and hledger.

Plain ASCII, since that is what both read: *Harina 000, ñandú* becomes `Harina-000-Nandu`. Two that would look the same
are told apart by the number of the later one, so a name that was given once stays.
"""

import re
import unicodedata

from ledger.core.chart import Nature, chart_account

#: The five roots that beancount knows; memo accounts never enter the balance sheet, hence a branch of their own.
ROOTS = {
    Nature.ASSET: "Assets",
    Nature.LIABILITY: "Liabilities",
    Nature.EQUITY: "Equity",
    Nature.INCOME: "Income",
    Nature.EXPENSE: "Expenses",
    Nature.MEMO: "Equity:Memo",
}
#: As long as beancount lets a commodity be.
COMMODITY_MAX = 24


def words(text: str) -> list[str]:
    """Return the words of a text in plain ASCII letters and digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain)


def component(text: str) -> str:
    """Return one part of an account's name: each word with a capital, joined by hyphens."""
    return "-".join(word[0].upper() + word[1:] for word in words(text))


def commodity(*texts: str) -> str:
    """Return the name of a commodity: capitals, digits and hyphens, a letter first; empty if nothing is left."""
    name = "-".join(word for text in texts for word in words(text)).upper()
    return (name if not name[:1].isdigit() else f"U-{name}")[:COMMODITY_MAX].rstrip("-")


class Given:
    """The names that were given already; give them in the order of the numbers, and they stay from export to export."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def component(self, text: str, *, number: int) -> str:
        """Return a part of an account's name that nobody else has: `Molino`, or `Molino-ID7`."""
        return self._give(component(text), f"ID{number}", "-", length_max=None)

    def commodity(self, *texts: str, number: int) -> str:
        """Return the name of a commodity that no other has: `KG-HARINA`, or `KG-HARINA.7`."""
        return self._give(commodity(*texts), str(number), ".", length_max=COMMODITY_MAX)

    def _give(self, name: str, number: str, joint: str, *, length_max: int | None) -> str:
        given = name or f"{'U.' if joint == '.' else ''}{number}"
        while given in self._taken:
            tail = joint + number
            name = name[: length_max - len(tail)] if length_max else name
            given = name = f"{name}{tail}"
        self._taken.add(given)
        return given


def account(
    *, nature: str, book: str, number: str, unit: str, counterparty: str = "", peg: tuple[str, ...] = ()
) -> str:
    """Return the whole name of an account; what is handed over are parts and commodities as they were given.

    `Assets:Molino:1202-Deudores-Intercooperativos:ARS:Grafica:KG:Harina`: root, book, number and name in the chart,
    unit, and for a debt with whom and in what it keeps its value.
    """
    try:
        title = f"{number}-{component(chart_account(number).es)}"
    except KeyError:
        title = component(number)
    return ":".join([ROOTS[Nature(nature)], book, title, unit, *([counterparty] if counterparty else []), *peg])
