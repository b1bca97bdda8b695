"""The chart of accounts (plan de cuentas): numbers, names in two languages, natures.

Codes follow the usual Argentine order: 1 assets, 2 liabilities, 3 equity, 4 income, 5 expenses, 9 memo accounts.
"""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """What an account is; memo accounts never enter the balance sheet."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    MEMO = "memo"


class Role(StrEnum):
    """Which side of what stands between two books an account is: a debt mostly, or (memo) work passed on."""

    RECEIVABLE = "receivable"
    PAYABLE = "payable"


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """One line of the chart. `unit` is None where the account is kept in the book's own money."""

    number: str
    code: str
    es: str
    en: str
    nature: Nature
    #: Whose sub-accounts, one per counterparty and peg, mirror those of another book; None elsewhere.
    role: Role | None = None
    unit: str | None = None
    #: What the counterparty calls the same debt.
    mirror: str | None = None
    #: The account with a role that it is the contra of.
    contra_of: str | None = None

    @property
    def takes_two(self) -> bool:
        """Whether only what two books agree on moves it."""
        return self.role is not None or self.contra_of is not None

    def name_in(self, language: str) -> str:
        """Return the name in a language: English where it is asked for, else Spanish."""
        return self.en if language.startswith("en") else self.es


ASSET, LIABILITY, EQUITY = Nature.ASSET, Nature.LIABILITY, Nature.EQUITY
INCOME, EXPENSE, MEMO = Nature.INCOME, Nature.EXPENSE, Nature.MEMO
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
    ChartAccount(
        "2301",
        "solidarity_fund",
        "Fondo solidario de la red",
        "Solidarity fund of the network",
        LIABILITY,
    ),
    ChartAccount(
        "2302",
        "network_credit_positions",
        "Posiciones en moneda social",
        "Positions in network credit",
        LIABILITY,
        OWED_BY_US,
        mirror="1103",
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
    ChartAccount("4901", "holding_result", "Resultado por tenencia", "Holding result", INCOME),
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
    ChartAccount(
        "9101",
        "goods_of_others_held",
        "Bienes de terceros en nuestro poder",
        "Goods of others held by us",
        MEMO,
        unit="M",
    ),
    ChartAccount(
        "9102",
        "owners_of_goods_held",
        "Comitentes por bienes recibidos",
        "Owners of goods held by us",
        MEMO,
        unit="M",
    ),
    ChartAccount("9201", "hosted_room_hours", "Horas-aula cedidas", "Room hours lent", MEMO, unit="HAULA"),
    ChartAccount(
        "9202", "hosted_room_hours_contra", "Contrapartida horas-aula", "Room hours lent, contra", MEMO, unit="HAULA"
    ),
    ChartAccount("9203", "volunteer_hours", "Horas voluntarias aportadas", "Volunteer hours given", MEMO, unit="HORA"),
    ChartAccount(
        *("9204", "volunteer_hours_contra", "Contrapartida horas voluntarias", "Volunteer hours given, contra"),
        MEMO,
        unit="HORA",
    ),
    ChartAccount(
        *("9205", "community_attendances", "Asistencias a actividades de la comunidad", "Community attendances"),
        MEMO,
        unit="UN",
    ),
    ChartAccount(
        *("9206", "community_attendances_contra", "Contrapartida asistencias", "Community attendances, contra"),
        MEMO,
        unit="UN",
    ),
    ChartAccount(
        *("9207", "mentoring_given", "Horas de acompañamiento dadas", "Mentoring hours given", MEMO), unit="HORA"
    ),
    ChartAccount(
        *("9208", "mentoring_given_contra", "Contrapartida acompañamiento dado", "Mentoring hours given, contra", MEMO),
        unit="HORA",
    ),
    ChartAccount(
        *("9209", "mentoring_received", "Horas de acompañamiento recibidas", "Mentoring hours received", MEMO),
        unit="HORA",
    ),
    ChartAccount(
        *("9210", "mentoring_received_contra", "Contrapartida acompañamiento recibido"),
        *("Mentoring hours received, contra", MEMO),
        unit="HORA",
    ),
    ChartAccount(
        "9301",
        "ayni_receivable",
        "Ayni por recibir",
        "Ayni to receive",
        MEMO,
        unit="JORNAL",
    ),
    ChartAccount("9302", "ayni_given", "Ayni entregado", "Ayni given", MEMO, unit="JORNAL"),
    ChartAccount("9303", "ayni_received", "Ayni recibido", "Ayni received", MEMO, unit="JORNAL"),
    ChartAccount("9304", "ayni_payable", "Ayni por devolver", "Ayni to return", MEMO, unit="JORNAL"),
    ChartAccount(
        "9401",
        "labour_days_due",
        "Jornales por cobrar a vecinos",
        "Labour days due",
        MEMO,
        unit="JORNAL",
    ),
    ChartAccount(
        "9402",
        "labour_days_pledged",
        "Jornales comprometidos a la obra",
        "Labour days pledged",
        MEMO,
        unit="JORNAL",
    ),
    ChartAccount(
        "9403",
        "labour_days_done",
        "Jornales aportados",
        "Labour days done",
        MEMO,
        unit="JORNAL",
    ),
    ChartAccount(
        "9404",
        "labour_days_substituted",
        "Jornales sustituidos",
        "Labour days substituted",
        MEMO,
        unit="JORNAL",
    ),
    ChartAccount(
        "9405",
        "labour_days_defaulted",
        "Jornales incumplidos",
        "Labour days in default",
        MEMO,
        unit="JORNAL",
    ),
    # Not owed by anybody: kept per counterparty, so that who gave whom how much work is a look-up.
    ChartAccount(
        *("9501", "work_passed_on", "Trabajo derivado a cooperativas", "Work passed on to cooperatives", MEMO),
        Role.RECEIVABLE,
        mirror="9503",
    ),
    ChartAccount(
        *("9502", "work_passed_on_contra", "Contrapartida trabajo derivado", "Work passed on, contra", MEMO),
        contra_of="9501",
    ),
    ChartAccount(
        *("9503", "work_received", "Trabajo recibido de cooperativas", "Work received from cooperatives", MEMO),
        Role.PAYABLE,
        mirror="9501",
    ),
    ChartAccount(
        *("9504", "work_received_contra", "Contrapartida trabajo recibido", "Work received, contra", MEMO),
        contra_of="9503",
    ),
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
