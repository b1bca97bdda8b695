"""The people and cooperatives of the tests: the same in every file, so that a reader knows them."""

from dataclasses import dataclass

from ledger.models import Book
from network.models import Organization, User
from tests import make


@dataclass(frozen=True)
class Cast:
    """A print shop and a mill that barter, their federation, and somebody from elsewhere."""

    grafica: Book
    molino: Book
    textil: Book
    federacion: Organization
    #: Treasurer of the print shop.
    ana: User
    #: Member of the print shop, holds no office.
    beto: User
    #: Treasurer of the mill.
    mario: User
    #: Member of the mill, holds no office.
    nora: User
    #: Treasurer of a textile cooperative that has nothing to do with the others: she must see nothing.
    carla: User
    #: Internal auditor (síndico) of the federation of the print shop and the mill.
    silvia: User

    @classmethod
    def assemble(cls) -> "Cast":
        grafica = make.book("grafica", name="Gráfica", sector="graphics", province="C", tax_id="30999000017")
        molino = make.book("molino", name="Molino", sector="food", province="B", tax_id="30999000025")
        textil = make.book("textil", name="Textil", sector="textile", province="S", tax_id="30999000033")
        federacion = make.organization("federacion", kind="federation", name="Federación")
        for each in (grafica, molino):
            make.affiliation(each.organization, federacion)
            make.admission(each.organization, by=federacion)
        make.admission(textil.organization)
        return cls(
            grafica=grafica,
            molino=molino,
            textil=textil,
            federacion=federacion,
            ana=make.officer("Ana", grafica.organization),
            beto=make.member("Beto", grafica.organization),
            mario=make.officer("Mario", molino.organization),
            nora=make.member("Nora", molino.organization),
            carla=make.officer("Carla", textil.organization),
            silvia=make.officer("Silvia", federacion, office="internal_auditor"),
        )
