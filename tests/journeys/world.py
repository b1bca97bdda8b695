"""A small network in which every page has something to show: barters in each state, jobs, uploads, reports."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils import timezone

from ledger.actions import (
    agreements,
    barter,
    deliveries,
    hosted,
    jobs,
    loading,
    own_entries,
    reconciliation,
    reversals,
    uploads,
)
from ledger.actions.deliveries import Papers
from ledger.actions.hosted import Cost
from ledger.actions.own_entries import OwnLine
from ledger.models import (
    Agreement,
    BalanceConfirmation,
    CashCount,
    ClearingRound,
    Contribution,
    CreditAct,
    Dispute,
    Fund,
    FundAct,
    Job,
    Listing,
    SignOff,
    Upload,
    Voucher,
)
from network.actions import assemblies, details
from network.models import Assembly, User
from network.models.assemblies import AssemblyKind
from reports.models import Batch, Photo, Publication, Report
from tests import (
    balances,
    cash,
    contributions,
    coproductions,
    credited,
    disputes,
    funds,
    hostings,
    lendings,
    machines,
    offers,
    opened,
    purchasings,
    referrals,
    rounds,
    sign_offs,
    tolls,
    vouchers,
)
from tests.barters import AGREED, BAGS_DAY, FLOUR_DAY, accepted, bags, deliver, flour, propose
from tests.cast import Cast
from tests.papers import asked, batch, issued

WRONG_ROW = "Bolsas por harina;18/11/2025;Molino;dimos;Bolsas;muchas;un;1.200.000,00;21;20/11/2025;R 1\n"
HEAD = "permuta;fecha;cooperativa;sentido;cosa;cantidad;unidad;valor;iva;entregado;remito\n"


@dataclass
class World:
    """The cast and what they did."""

    cast: Cast
    #: Agreements by the name of their state, and some that show more.
    barters: dict[str, Agreement] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    #: Of the federation: the papers of all its members.
    batch: Batch | None = None
    #: On the page that anybody reads, and one that is made and not there.
    published: Publication | None = None
    publishable: Report | None = None
    #: Of what the print shop gave today.
    photo: Photo | None = None
    #: By the name of their state.
    assemblies: dict[str, Assembly] = field(default_factory=dict)
    #: Of the print shop: one that is open, with who could meet it, and one that ends soon.
    listings: list[Listing] = field(default_factory=list)
    #: Customers that the print shop shares: by the name of their state, and one that the mill shares with it.
    referrals: dict[str, Agreement] = field(default_factory=dict)
    #: What the print shop lends: a draft, a school with a month in each state, a clinic of which nothing was told.
    hostings: dict[str, Agreement] = field(default_factory=dict)
    #: One that is open, and one of which the mill proposes how it ends.
    disputes: dict[str, Dispute] = field(default_factory=dict)
    elsa: User | None = None  # speaks for the school
    #: What the print shop and the mill make together: a draft, a proposal of the mill, one with an act in each state.
    products: dict[str, Agreement] = field(default_factory=dict)
    #: Toll work that the mill does for the print shop, or the other way round (`working`), by the name of its state.
    tolls: dict[str, Agreement] = field(default_factory=dict)
    #: What the print shop lends to the mill, or owes it (`proposed`, `owing`).
    loans: dict[str, Agreement] = field(default_factory=dict)
    #: What the print shop buys for the mill, or the mill for it (`proposed`, `bought`).
    purchases: dict[str, Agreement] = field(default_factory=dict)
    #: What the print shop holds for the mill to use, or the mill for it (`proposed`, `used`).
    machines: dict[str, Agreement] = field(default_factory=dict)
    #: Counter-signed by the school; waiting for it, for a receipt, and for the print shop.
    gifts: dict[str, Contribution] = field(default_factory=dict)
    #: What the print shop and the mill did in a network's credit: by the name of its state.
    credited: dict[str, CreditAct] = field(default_factory=dict)
    vouchers: list[Voucher] = field(default_factory=list)  # printed for the barter that runs, nothing entered yet
    #: What the print shop has to do with a fund: by the name of its state.
    funded: dict[str, FundAct] = field(default_factory=dict)
    fund: Fund | None = None
    #: Of a body: one in which both are asked whether they take part, and what the mill answered in part.
    round: ClearingRound | None = None
    asked: BalanceConfirmation | None = None
    cash: CashCount | None = None
    signed: SignOff | None = None  # of the print shop's book, by the federation

    @classmethod
    def assemble(cls, cast: Cast) -> "World":
        world = cls(cast)
        world._agree()
        world._deliver()
        world._settle()
        world._count_costs()
        world.referrals = referrals.every_state(cast)
        world._host()
        school = world.hostings["running"].others(cast.grafica.organization)[0]
        world.gifts = contributions.every_state(cast, school, world.elsa)
        world.products = coproductions.of_the_world(cast)
        world.tolls, world.loans = tolls.every_state(cast), lendings.every_state(cast)
        world.purchases = purchasings.every_state(cast)
        world.machines = machines.every_state(cast)
        world.credited = credited.every_state(cast)
        world.vouchers = vouchers.printed(world.barters["running"], cast, 3, on=FLOUR_DAY)
        world.fund, world.funded = funds.every_state(cast)
        world.round = rounds.of_the_world(cast)
        world.asked = balances.of_the_world(cast, world.round.body, world.round.called_by)
        world.cash = cash.of_the_world(cast)
        world.signed = sign_offs.of_the_world(cast)
        world._load()
        world.reports = asked(cast)
        issued(cast)
        world.batch = batch(cast)
        world.published, world.publishable = opened.of_the_world(cast)
        world.photo = opened.photographed(cast, opened.painted_today(cast).code)
        world._assemble()
        world.listings = offers.listed(cast)
        reconciliation.reconcile(full=True, clock=timezone.now)
        return world

    def _agree(self) -> None:
        cast = self.cast
        molino, mario = cast.molino.organization, cast.mario
        self.barters["draft"] = propose(cast, by=cast.beto)
        self.barters["proposed"] = propose(cast)
        asked = self.barters["changes_asked"] = propose(cast)
        agreements.ask_change(
            agreement=asked, organization=cast.molino.organization, reason="Falta el acta.", by=mario, on=AGREED
        )
        refused = self.barters["refused"] = propose(cast)
        agreements.refuse(
            agreement=refused, organization=cast.molino.organization, reason="No hay harina.", by=mario, on=AGREED
        )
        withdrawn = self.barters["withdrawn"] = propose(cast)
        agreements.withdraw(agreement=withdrawn, reason="Se anotó dos veces.", by=cast.ana, on=AGREED)
        self.barters["accepted"] = propose(cast)
        agreements.sign(agreement=self.barters["accepted"], organization=molino, by=mario, on=AGREED)

    def _deliver(self) -> None:
        cast = self.cast
        running = self.barters["running"] = accepted(cast)
        bags(running, cast, 30_000)
        undone, other = bags(running, cast, 10_000), bags(running, cast, 1_000)
        flour(running, cast, 1_000_000)
        deliver(running, "Bolsas impresas", 5_000, by=cast.beto, on=FLOUR_DAY)
        deliver(running, "Harina 000", 500_000, by=cast.nora, on=FLOUR_DAY)
        rejected = deliver(running, "Harina 000", 700_000, by=cast.nora, on=FLOUR_DAY)
        deliveries.reject(delivery=rejected, reason="Llegaron 600 kg.", by=cast.beto, on=FLOUR_DAY)
        reversals.ask(
            delivery=undone, organization=cast.molino.organization, reason="Otro remito.", by=cast.mario, on=FLOUR_DAY
        )
        reversals.ask(
            delivery=other, organization=cast.grafica.organization, reason="Otro remito.", by=cast.ana, on=FLOUR_DAY
        )
        reversals.agree(delivery=other, by=cast.mario, on=FLOUR_DAY)

    def _settle(self) -> None:
        cast = self.cast
        settled = self.barters["settled"] = accepted(cast, pegged_to_goods=False)
        done = deliver(settled, "Bolsas impresas", 60_000, by=cast.beto, on=BAGS_DAY)
        barter.confirm(delivery=done, by=cast.mario, on=FLOUR_DAY)
        flour_of_it = flour(settled, cast, 4_000_000)
        payment = deliveries.log_payment(
            agreement=settled,
            key=uuid.uuid4(),
            giver=cast.molino.organization,
            receiver=cast.grafica.organization,
            amount=126_000_00,
            happened_on=FLOUR_DAY,
            papers=Papers(invoice="Recibo 7"),
            by=cast.nora,
            on=FLOUR_DAY,
        )
        barter.confirm(delivery=payment, by=cast.ana, on=FLOUR_DAY)
        self.disputes = disputes.of_the_world(cast, done, flour_of_it)

    def _host(self) -> None:
        cast = self.cast
        body, self.elsa = hostings.school()
        self.hostings["draft"] = hostings.propose(cast, body, by=cast.beto)
        clinic, doctor = hostings.school("Salita")
        self.hostings["quiet"] = hostings.running(cast, clinic, doctor)
        running = self.hostings["running"] = hostings.running(cast, body, self.elsa)
        hostings.borne(cast)
        light = [Cost(what="Luz", account="5301", amount=30_000_00)]
        for month in (3, 4):
            days = {"starts_on": dt.date(2026, month, 2), "ends_on": dt.date(2026, month, 30), "sessions": 9}
            told = hostings.tell(running, cast, costs=light, **days)
            hosted.confirm(delivery=told, by=self.elsa, on=hostings.TOLD)
            if month == 3:
                school = {"organization": body, "by": self.elsa, "on": hostings.TOLD}
                reversals.ask(delivery=told, reason="Fueron ocho.", **school)
        may = {"starts_on": dt.date(2026, 5, 2), "ends_on": dt.date(2026, 5, 30), "sessions": 9}
        hostings.tell(running, cast, on=may["ends_on"], costs=[], **may)

    def _count_costs(self) -> None:
        own_entries.write(
            book=self.cast.grafica,
            key=uuid.uuid4(),
            happened_on=FLOUR_DAY,
            memo="Costo de las bolsas",
            lines=[OwnLine(number="5101", amount=700_000_00), OwnLine(number="1303", amount=-700_000_00)],
            by=self.cast.ana,
            on=FLOUR_DAY,
        )

    def _load(self) -> None:
        example = finders.find("ledger/permutas-ejemplo.csv")
        assert isinstance(example, str)
        for content in (Path(example).read_bytes(), (HEAD + WRONG_ROW).encode(), self._good()):
            self.uploads.append(
                uploads.upload(
                    organization=self.cast.grafica.organization,
                    content=content,
                    file_name="permutas.csv",
                    by=self.cast.ana,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            )
        loaded = self.uploads[-1]
        job = loading.start(upload=loaded, by=self.cast.ana, on=timezone.localdate(), at=timezone.now())
        loading.run(job_id=job.pk, clock=timezone.now)
        self._work(job)

    def _good(self) -> bytes:
        received = "Bolsas por harina;18/11/2025;Molino;recibimos;Harina 000;2.000;kg;600.000,00;10,5;;\n"
        return (HEAD + WRONG_ROW.replace("muchas", "60.000") + received).encode()

    def _work(self, done: Job) -> None:
        states = [{}, {"state": "running", "done": 3, "total": 10}, {"state": "failed", "message": "No se pudo."}]
        for number, changes in enumerate(states):
            job = jobs.request(
                kind="reconcile", key=f"w{number}", parameters={"full": True}, by=self.cast.ana, at=timezone.now()
            )
            Job.objects.filter(pk=job.pk).update(**changes)
            self.jobs.append(job)
        self.jobs.append(done)

    def _assemble(self) -> None:
        today = timezone.localdate()
        grafica = self.cast.grafica.organization
        details.publish(organization=grafica, is_public=True, by=self.cast.ana, on=today, at=timezone.now())
        told = {"organization": grafica, "kind": AssemblyKind.ORDINARY, "entitled": 45}
        for state in ("called", "meeting", "closed"):
            agenda = ["Memoria y balance", "Elección"]
            assembly = assemblies.call(**told, held_on=today, agenda=agenda, by=self.cast.ana, on=today)
            if state != "called":
                assembly = assemblies.meet(
                    assembly=assembly, present=30, is_second_call=False, by=self.cast.ana, on=today
                )
            if state == "closed":
                assembly = assemblies.close(assembly=assembly, minutes="Sin más.", by=self.cast.ana, on=today)
            self.assemblies[state] = assembly
