"""What the register tells of the made-up cooperatives: matrícula, workers, and how each was recuperated.

All of it is invented. Years, orders and sizes are like those of the sector: waves around 2002, 2009 and 2018, a mean of
some 35 workers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from network.core import dates
from network.core.dates import Dated

#: The paper that shows a milestone, by what happened.
PAPERS = {
    "bankruptcy": "Auto de quiebra (inventado)",
    "closure": "Acta de constatación del cierre (inventada)",
    "occupation": "Acta de la asamblea de trabajadores (inventada)",
    "eviction": "Mandamiento de desalojo (inventado)",
    "return": "Acta de reingreso (inventada)",
    "cooperative_formed": "Acta constitutiva (inventada)",
    "court_permission": "Resolución del juzgado (inventada)",
    "lease": "Contrato de alquiler (inventado)",
    "temporary_occupation": "Ley de ocupación temporaria (inventada)",
    "first_production": "Primer remito (inventado)",
    "expropriation_law": "Boletín Oficial (inventado)",
    "expropriation_undone": "Decreto de veto (inventado)",
    "purchase": "Escritura (inventada)",
    "production_stopped": "Acta del consejo (inventada)",
    "production_resumed": "Acta del consejo (inventada)",
}


@dataclass(frozen=True, slots=True)
class History:
    """What is told of one: its matrícula, what its federation and it itself counted, and its milestones in short."""

    code: str
    matricula: str
    counted_before: int
    counted_now: int
    story: str

    def milestones(self) -> Iterator[tuple[str, Dated, str]]:
        """Yield what happened, when, and the paper that shows it."""
        for told in self.story.split(", "):
            kind, _space, when = told.partition(" ")
            yield kind, dates.parse(when), PAPERS[kind]


#: Whose public profile the demo shows.
PUBLIC = ("grafica-barracas", "molino-los-andes")

HISTORIES: dict[str, History] = {
    code: History(code, matricula, before, now, story)
    for code, matricula, before, now, story in (
        ("aceros-del-sur", "25101", 58, 61, "bankruptcy 9/2001, occupation 14/12/2001, cooperative_formed 3/2002, first_production 8/2002, expropriation_law 11/2004"),
        ("fundicion-riachuelo", "25118", 44, 41, "closure 2002, occupation 5/2002, eviction 7/2002, return 9/2002, cooperative_formed 10/2002, first_production 2/2003, lease 2005"),
        ("metal-25-de-mayo", "31204", 37, 39, "bankruptcy 2008, cooperative_formed 11/2008, court_permission 3/2009, first_production 5/2009, expropriation_law 2012"),
        ("tornos-unidos", "25340", 22, 24, "closure 6/2002, occupation 20/6/2002, cooperative_formed 2002, first_production 1/2003, purchase 2011"),
        ("caldereria-berisso", "40112", 19, 18, "closure 3/2018, occupation 4/2018, cooperative_formed 8/2018, first_production 2/2019"),
        ("molino-los-andes", "25467", 33, 35, "bankruptcy 4/2001, occupation 9/2001, cooperative_formed 2/2002, first_production 6/2002, expropriation_law 12/2005, purchase 2014"),
        ("panificadora-la-espiga", "25231", 28, 27, "closure 10/2001, occupation 2/11/2001, eviction 12/2001, return 1/2002, cooperative_formed 4/2002, first_production 7/2002, temporary_occupation 10/2002, expropriation_law 2004"),
        ("pastas-el-trigal", "32088", 21, 23, "bankruptcy 2009, occupation 8/2009, cooperative_formed 10/2009, first_production 3/2010, lease 2011"),
        ("yerbatera-iguazu", "33915", 40, 38, "closure 2010, cooperative_formed 2010, first_production 4/2011"),
        ("hilados-chaco", "41007", 52, 47, "closure 11/2017, occupation 12/2017, cooperative_formed 5/2018, first_production 9/2018, production_stopped 4/2020, production_resumed 10/2020"),
        ("tejeduria-san-martin", "25402", 31, 30, "bankruptcy 2000, occupation 3/2002, cooperative_formed 6/2002, first_production 11/2002, expropriation_law 2006"),
        ("confecciones-18-de-julio", "31876", 46, 44, "closure 5/2009, occupation 18/7/2009, cooperative_formed 9/2009, first_production 12/2009, court_permission 2010"),
        ("grafica-barracas", "25089", 29, 31, "bankruptcy 7/2001, occupation 4/4/2002, cooperative_formed 5/2002, first_production 17/10/2002, temporary_occupation 10/2002, expropriation_law 25/11/2004"),
        ("imprenta-el-puente", "32541", 16, 17, "closure 2010, occupation 2/2010, cooperative_formed 6/2010, first_production 9/2010, lease 2013"),
        ("cartones-parana", "40390", 35, 33, "bankruptcy 8/2018, occupation 9/2018, cooperative_formed 12/2018, first_production 6/2019"),
        ("frigorifico-la-unidad", "29850", 88, 91, "bankruptcy 2005, cooperative_formed 3/2006, court_permission 6/2006, first_production 8/2006, expropriation_law 2008"),
        ("frigorifico-bragado", "30277", 74, 70, "closure 2006, occupation 11/2006, cooperative_formed 2/2007, first_production 7/2007, expropriation_law 2009, expropriation_undone 2016, lease 2017"),
        ("diario-la-voz-obrera", "39455", 26, 25, "closure 12/2016, occupation 12/2016, cooperative_formed 4/2017, first_production 24/5/2017"),
        ("radio-barrial", "38120", 11, 12, "cooperative_formed 2014, first_production 2014"),
        ("comedor-la-olla", "39980", 18, 20, "closure 7/2017, occupation 7/2017, cooperative_formed 11/2017, first_production 12/2017, lease 2019"),
        ("escuela-del-parque", "36604", 23, 24, "cooperative_formed 2013, first_production 3/2014"),
        ("maderas-del-litoral", "31650", 27, 26, "bankruptcy 2008, occupation 2/2009, eviction 6/2009, return 10/2009, cooperative_formed 12/2009, first_production 4/2010"),
        ("plasticos-ensenada", "40755", 32, 34, "closure 5/2019, occupation 6/2019, cooperative_formed 10/2019, first_production 9/2020"),
        ("envases-trelew", "33102", 24, 22, "bankruptcy 2011, cooperative_formed 9/2011, first_production 2/2012, purchase 2019"),
        ("transporte-la-huella", "37218", 15, 16, "cooperative_formed 2012, first_production 2012"),
    )
}  # fmt: skip
