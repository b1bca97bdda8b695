"""Read how the accounts of a book are kept."""

from ledger.core.chart import CHART
from ledger.models.accounts import Book
from ledger.models.units import Unit


def own_units(*, book: Book) -> dict[str, Unit]:
    """Return number → unit of the accounts that are the book's own business, in the order of the chart.

    The book's money, unless the chart names another unit. Accounts of debts between cooperatives are not among them:
    what stands there is agreed by two.
    """
    named = {unit.code: unit for unit in Unit.objects.filter(code__in={line.unit for line in CHART if line.unit})}
    return {line.number: named[line.unit] if line.unit else book.unit for line in CHART if not line.takes_two}
