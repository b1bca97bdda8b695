"""The addresses of what is exchanged besides barter, each kind below its own word."""

from django.urls import path

from ledger.models.coproductions import COPRODUCTION
from ledger.models.hosting import HOSTING
from ledger.models.loans import LOAN
from ledger.models.machines import MACHINE
from ledger.models.purchases import JOINT_PURCHASE
from ledger.models.referrals import REFERRAL
from ledger.models.toll_work import TOLL_WORK
from ledger.web import (
    adjustments,
    answers,
    bookings,
    bought,
    contributions,
    coproductions,
    custody,
    deliveries,
    disputes,
    hosted,
    hosting,
    lent,
    loans,
    machines,
    products,
    purchases,
    reciprocity,
    referrals,
    referred,
    shared,
    toll_work,
)

urlpatterns = [
    path("coop/<slug:code>/community/", hosting.index, name="community"),
    path("coop/<slug:code>/community/lend/", hosting.new, name="hosting-new"),
    path("coop/<slug:code>/community/gifts/", contributions.index, name="gifts"),
    path("coop/<slug:code>/community/gifts/new/", contributions.new, {"form": "gift"}, name="gift-new"),
    path("coop/<slug:code>/community/gifts/work/", contributions.new, {"form": "work"}, name="work-new"),
    path("coop/<slug:code>/community/gifts/mentoring/", contributions.new, {"form": "mentoring"}, name="mentoring-new"),
    path("coop/<slug:code>/community/gifts/<int:pk>/", contributions.detail, name="gift"),
    path("coop/<slug:code>/community/gifts/<int:pk>/contest/", disputes.contest, {"of": "gift"}, name="gift-contest"),
    path("coop/<slug:code>/community/gifts/<int:pk>/answer/", contributions.answer, name="gift-answer"),
    path("coop/<slug:code>/community/<int:pk>/", hosting.detail, name="hosting"),
    path("coop/<slug:code>/community/<int:pk>/edit/", hosting.edit, name="hosting-edit"),
    path("coop/<slug:code>/community/<int:pk>/answer/", answers.answer, {"kind": HOSTING}, name="hosting-answer"),
    path("coop/<slug:code>/community/<int:pk>/end/", hosting.end, name="hosting-end"),
    path("coop/<slug:code>/community/<int:pk>/tell/", hosted.tell, name="hosted-new"),
    path("coop/<slug:code>/community/told/<int:pk>/", hosted.detail, name="hosted"),
    path("coop/<slug:code>/community/told/<int:pk>/confirm/", hosted.confirm, name="hosted-confirm"),
    path(
        "coop/<slug:code>/community/told/<int:pk>/reverse/",
        deliveries.reverse,
        {"kind": HOSTING},
        name="hosted-reverse",
    ),
    path("coop/<slug:code>/customers/", referrals.index, name="customers"),
    path("coop/<slug:code>/customers/new/", referrals.new, name="referral-new"),
    path("coop/<slug:code>/customers/work/", reciprocity.index, name="reciprocity"),
    path("coop/<slug:code>/customers/<int:pk>/", referrals.detail, name="referral"),
    path("coop/<slug:code>/customers/<int:pk>/edit/", referrals.edit, name="referral-edit"),
    path("coop/<slug:code>/customers/<int:pk>/answer/", answers.answer, {"kind": REFERRAL}, name="referral-answer"),
    path("coop/<slug:code>/customers/<int:pk>/outcome/", referrals.decide, name="referral-outcome"),
    path("coop/<slug:code>/customers/<int:pk>/tell/", referred.tell, name="referred-new"),
    path("coop/<slug:code>/customers/<int:pk>/pay/", deliveries.pay, {"kind": REFERRAL}, name="referral-pay"),
    path("coop/<slug:code>/customers/<int:pk>/end/", referrals.end, name="referral-end"),
    path(
        "coop/<slug:code>/customers/told/<int:pk>/confirm/",
        deliveries.confirm,
        {"kind": REFERRAL},
        name="referred-confirm",
    ),
    path(
        "coop/<slug:code>/customers/told/<int:pk>/reverse/",
        deliveries.reverse,
        {"kind": REFERRAL},
        name="referred-reverse",
    ),
    path("coop/<slug:code>/coproductions/", coproductions.index, name="coproductions"),
    path("coop/<slug:code>/coproductions/new/", products.new, name="coproduction-new"),
    path("coop/<slug:code>/coproductions/<int:pk>/", coproductions.detail, name="coproduction"),
    path("coop/<slug:code>/coproductions/<int:pk>/edit/", products.edit, name="coproduction-edit"),
    path(
        "coop/<slug:code>/coproductions/<int:pk>/answer/",
        answers.answer,
        {"kind": COPRODUCTION},
        name="coproduction-answer",
    ),
    *(
        path(f"coop/<slug:code>/coproductions/<int:pk>/{act}/", shared.note, {"act": act}, name=f"coproduction-{act}")
        for act in shared.FORMS
    ),
    path("coop/<slug:code>/coproductions/<int:pk>/end/", coproductions.end, name="coproduction-end"),
    path("coop/<slug:code>/coproductions/told/<int:pk>/", coproductions.act, name="coproduced"),
    path("coop/<slug:code>/coproductions/told/<int:pk>/confirm/", coproductions.confirm, name="coproduced-confirm"),
    path("coop/<slug:code>/coproductions/told/<int:pk>/reverse/", coproductions.reverse, name="coproduced-reverse"),
    path("coop/<slug:code>/toll/", toll_work.index, name="tolls"),
    path("coop/<slug:code>/toll/new/", toll_work.new, name="toll-new"),
    path("coop/<slug:code>/toll/<int:pk>/", toll_work.detail, name="toll"),
    path("coop/<slug:code>/toll/<int:pk>/edit/", toll_work.edit, name="toll-edit"),
    path("coop/<slug:code>/toll/<int:pk>/answer/", answers.answer, {"kind": TOLL_WORK}, name="toll-answer"),
    path("coop/<slug:code>/toll/<int:pk>/hand-over/", custody.hand_over, name="toll-hand-over"),
    path("coop/<slug:code>/toll/<int:pk>/work/", custody.work, name="toll-work"),
    path("coop/<slug:code>/toll/<int:pk>/goods/", custody.goods, name="toll-goods"),
    path("coop/<slug:code>/toll/<int:pk>/pay/", deliveries.pay, {"kind": TOLL_WORK}, name="toll-pay"),
    path("coop/<slug:code>/toll/<int:pk>/adjust/", adjustments.adjust, {"kind": TOLL_WORK}, name="toll-adjust"),
    path(
        "coop/<slug:code>/toll/told/<int:pk>/confirm/", deliveries.confirm, {"kind": TOLL_WORK}, name="tolled-confirm"
    ),
    path(
        "coop/<slug:code>/toll/told/<int:pk>/reverse/", deliveries.reverse, {"kind": TOLL_WORK}, name="tolled-reverse"
    ),
    path("coop/<slug:code>/loans/", loans.index, name="loans"),
    path("coop/<slug:code>/loans/new/", loans.new, name="loan-new"),
    path("coop/<slug:code>/loans/<int:pk>/", loans.detail, name="loan"),
    path("coop/<slug:code>/loans/<int:pk>/edit/", loans.edit, name="loan-edit"),
    path("coop/<slug:code>/loans/<int:pk>/answer/", answers.answer, {"kind": LOAN}, name="loan-answer"),
    path("coop/<slug:code>/loans/<int:pk>/lend/", lent.lend, name="loan-lend"),
    path("coop/<slug:code>/loans/<int:pk>/give-back/", lent.give_back, name="loan-give-back"),
    path("coop/<slug:code>/loans/<int:pk>/forgive/", lent.forgive, name="loan-forgive"),
    path("coop/<slug:code>/loans/<int:pk>/adjust/", adjustments.adjust, {"kind": LOAN}, name="loan-adjust"),
    path("coop/<slug:code>/loans/<int:pk>/end/", loans.end, name="loan-end"),
    path("coop/<slug:code>/loans/told/<int:pk>/confirm/", deliveries.confirm, {"kind": LOAN}, name="lent-confirm"),
    path("coop/<slug:code>/loans/told/<int:pk>/reverse/", deliveries.reverse, {"kind": LOAN}, name="lent-reverse"),
    path("coop/<slug:code>/purchases/", purchases.index, name="purchases"),
    path("coop/<slug:code>/purchases/new/", purchases.new, name="purchase-new"),
    path("coop/<slug:code>/purchases/<int:pk>/", purchases.detail, name="purchase"),
    path("coop/<slug:code>/purchases/<int:pk>/edit/", purchases.edit, name="purchase-edit"),
    path(
        "coop/<slug:code>/purchases/<int:pk>/answer/",
        answers.answer,
        {"kind": JOINT_PURCHASE},
        name="purchase-answer",
    ),
    path("coop/<slug:code>/purchases/<int:pk>/buy/", bought.tell, name="purchase-buy"),
    path("coop/<slug:code>/purchases/<int:pk>/pay/", deliveries.pay, {"kind": JOINT_PURCHASE}, name="purchase-pay"),
    path("coop/<slug:code>/purchases/<int:pk>/end/", purchases.end, name="purchase-end"),
    path("coop/<slug:code>/purchases/bought/<int:pk>/", bought.answer, name="purchase-enter"),
    path("coop/<slug:code>/purchases/parts/<int:pk>/", bought.hand_over, name="purchase-hand-over"),
    path(
        "coop/<slug:code>/purchases/told/<int:pk>/confirm/",
        deliveries.confirm,
        {"kind": JOINT_PURCHASE},
        name="bought-confirm",
    ),
    path(
        "coop/<slug:code>/purchases/told/<int:pk>/reverse/",
        deliveries.reverse,
        {"kind": JOINT_PURCHASE},
        name="bought-reverse",
    ),
    path("coop/<slug:code>/machines/", machines.index, name="machines"),
    path("coop/<slug:code>/machines/new/", machines.new, name="machine-new"),
    path("coop/<slug:code>/machines/<int:pk>/", machines.detail, name="machine"),
    path("coop/<slug:code>/machines/<int:pk>/month/", machines.month, name="machine-month"),
    path("coop/<slug:code>/machines/<int:pk>/edit/", machines.edit, name="machine-edit"),
    path("coop/<slug:code>/machines/<int:pk>/answer/", answers.answer, {"kind": MACHINE}, name="machine-answer"),
    path("coop/<slug:code>/machines/<int:pk>/book/", bookings.book, name="machine-book"),
    path("coop/<slug:code>/machines/<int:pk>/price/", machines.price, name="machine-price"),
    path("coop/<slug:code>/machines/<int:pk>/pay/", deliveries.pay, {"kind": MACHINE}, name="machine-pay"),
    path("coop/<slug:code>/machines/<int:pk>/end/", machines.end, name="machine-end"),
    path("coop/<slug:code>/machines/booked/<int:pk>/", bookings.answer, name="booking-answer"),
    path("coop/<slug:code>/machines/booked/<int:pk>/tell/", bookings.tell, name="machine-tell"),
    path(
        "coop/<slug:code>/machines/told/<int:pk>/confirm/", deliveries.confirm, {"kind": MACHINE}, name="used-confirm"
    ),
    path(
        "coop/<slug:code>/machines/told/<int:pk>/reverse/", deliveries.reverse, {"kind": MACHINE}, name="used-reverse"
    ),
]
