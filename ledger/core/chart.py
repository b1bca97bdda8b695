"""The chart of accounts (plan de cuentas): numbers, names in two languages, natures.

Codes follow the usual Argentine order: 1 assets, 2 liabilities, 3 equity, 4 income, 5 expenses, 9 memo accounts.
"""

from ledger.core.chart_account import ChartAccount, Nature, Role
from ledger.core.chart_memo import MEMO_CHART

__all__ = ["CHART", "ChartAccount", "Nature", "Role", "chart_account"]

ASSET, LIABILITY, EQUITY = Nature.ASSET, Nature.LIABILITY, Nature.EQUITY
INCOME, EXPENSE = Nature.INCOME, Nature.EXPENSE
OWED_TO_US, OWED_BY_US = Role.RECEIVABLE, Role.PAYABLE

CHART: tuple[ChartAccount, ...] = (
    ChartAccount("1101", "cash", "Caja", "Cash", ASSET),
    ChartAccount("1102", "bank", "Banco", "Bank", ASSET),
    ChartAccount(
        "1103",
        "social_currency_balance",
        "Saldo en moneda social",
        "Network credit",
        ASSET,
        OWED_TO_US,
        mirror="2302",
    ),
    # In the book's money and, the other way round, in each credit: what a position is worth at par.
    ChartAccount("1104", "credit_at_par", "Moneda social, a la par", "Network credit, at par", ASSET, contra_of="1103"),
    ChartAccount("1201", "receivable_customers", "Deudores por ventas", "Customers", ASSET),
    ChartAccount(
        "1202",
        "receivable_intercoop",
        "Deudores intercooperativos",
        "Owed to us by cooperatives",
        ASSET,
        OWED_TO_US,
        mirror="2102",
    ),
    ChartAccount("1203", "vat_input", "IVA crédito fiscal", "Input VAT", ASSET),
    ChartAccount("1205", "receivable_levies", "Multas y aportes por cobrar", "Levies and fines receivable", ASSET),
    ChartAccount("1301", "inventory_inputs", "Materias primas e insumos", "Raw materials and inputs", ASSET),
    ChartAccount("1302", "inventory_wip", "Producción en proceso", "Work in progress", ASSET),
    ChartAccount("1303", "inventory_finished", "Productos terminados", "Finished goods", ASSET),
    ChartAccount(
        "1304", "inventory_held_by_others", "Productos propios en poder de terceros", "Own goods held by others", ASSET
    ),
    ChartAccount("2101", "payable_suppliers", "Proveedores", "Suppliers", LIABILITY),
    ChartAccount(
        "2102",
        "payable_intercoop",
        "Acreedores intercooperativos",
        "Owed by us to cooperatives",
        LIABILITY,
        OWED_BY_US,
        mirror="1202",
    ),
    ChartAccount("2103", "vat_output", "IVA débito fiscal", "Output VAT", LIABILITY),
    ChartAccount("2201", "welfare_fund", "Fondo de acción asistencial y laboral", "Welfare fund", LIABILITY),
    ChartAccount(
        "2202",
        "education_fund",
        "Fondo de educación y capacitación cooperativas",
        "Education fund",
        LIABILITY,
    ),
    ChartAccount("2203", "patronage_payable", "Retornos a pagar", "Patronage refunds payable", LIABILITY),
    ChartAccount("2301", "solidarity_fund", "Fondo solidario de la red", "Solidarity fund of the network", LIABILITY),
    ChartAccount(
        "2302",
        "network_credit_positions",
        "Posiciones en moneda social",
        "Positions in network credit",
        LIABILITY,
        OWED_BY_US,
        mirror="1103",
    ),
    ChartAccount(
        *("2303", "members_credit_held", "Moneda social de las personas asociadas, en custodia"),
        *("Members' network credit, held for them", LIABILITY),
        contra_of="1103",
    ),
    ChartAccount("3201", "legal_reserve", "Reserva legal", "Legal reserve", EQUITY),
    ChartAccount(
        "3202",
        "special_reserve",
        "Reserva especial art. 42",
        "Special reserve (art. 42)",
        EQUITY,
    ),
    ChartAccount("3901", "surplus", "Excedente del ejercicio", "Surplus of the year", EQUITY),
    ChartAccount("4101", "sales", "Ventas", "Sales", INCOME),
    ChartAccount("4102", "facon_income", "Ingresos por façon", "Toll work income", INCOME),
    ChartAccount("4103", "barter_sales", "Ventas por permuta", "Barter sales", INCOME),
    ChartAccount(
        "4201",
        "in_kind_contributions",
        "Aportes en especie de vecinos",
        "Neighbours' contributions in kind",
        INCOME,
    ),
    ChartAccount("4202", "fines", "Multas", "Fines", INCOME),
    ChartAccount("4203", "market_levies", "Aportes de feria (sentaje)", "Market levies", INCOME),
    ChartAccount("4204", "solidarity_received", "Solidaridad recibida", "Solidarity received", INCOME),
    ChartAccount("4901", "holding_result", "Resultado por tenencia", "Holding result", INCOME),
    ChartAccount("4902", "cash_difference", "Diferencias de caja", "Cash differences", INCOME),
    ChartAccount("5101", "cost_of_sales", "Costo de ventas", "Cost of sales", EXPENSE),
    ChartAccount("5102", "coproduction_cost", "Costo de coproducción", "Co-production cost", EXPENSE),
    ChartAccount(
        "5201",
        "member_draws",
        "Retribución al trabajo asociado (retiros)",
        "Members' draws",
        EXPENSE,
    ),
    ChartAccount("5301", "utilities", "Servicios públicos", "Utilities", EXPENSE),
    ChartAccount("5302", "depreciation", "Amortizaciones", "Depreciation", EXPENSE),
    ChartAccount("5303", "sponsorship", "Publicidad y auspicios", "Advertising and sponsorship", EXPENSE),
    ChartAccount(
        "5401",
        "community_contributions",
        "Aportes a la comunidad",
        "Contributions to the community",
        EXPENSE,
    ),
    ChartAccount(
        "5402",
        "solidarity_contribution",
        "Aporte a fondo solidario",
        "Contribution to the solidarity fund",
        EXPENSE,
    ),
    ChartAccount("5501", "neighbourhood_works", "Obras vecinales", "Neighbourhood works", EXPENSE),
    *MEMO_CHART,
)

_BY_NUMBER = {line.number: line for line in CHART}
_BY_CODE = {line.code: line for line in CHART}


def chart_account(number: str) -> ChartAccount:
    """Return the line of the chart with that number.

    :raises KeyError: if the chart has none.
    """
    return _BY_NUMBER[number]


def chart_code(code: str) -> ChartAccount:
    """Return the line of the chart with that English code, `vat_output`.

    :raises KeyError: if the chart has none.
    """
    return _BY_CODE[code]
