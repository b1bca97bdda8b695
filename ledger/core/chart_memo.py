"""The memo accounts of the chart: what is counted beside the books, each with its contra account."""

from ledger.core.chart_account import ChartAccount, Nature, Role

MEMO = Nature.MEMO

MEMO_CHART: tuple[ChartAccount, ...] = (
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
        *("9211", "machine_hours_given", "Horas de máquina cedidas", "Machine hours given", MEMO), unit="HORA"
    ),
    ChartAccount(
        *("9212", "machine_hours_given_contra", "Contrapartida horas de máquina cedidas"),
        *("Machine hours given, contra", MEMO),
        unit="HORA",
    ),
    ChartAccount(*("9213", "machine_hours_used", "Horas de máquina usadas", "Machine hours used", MEMO), unit="HORA"),
    ChartAccount(
        *("9214", "machine_hours_used_contra", "Contrapartida horas de máquina usadas"),
        *("Machine hours used, contra", MEMO),
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
