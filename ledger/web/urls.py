"""The addresses of the ledger; all but the start page name the organization that one works for."""

from django.urls import path

from ledger.web import (
    accounts,
    agreements,
    answers,
    barter,
    deliveries,
    home,
    jobs,
    journal,
    listings,
    loading,
    offers,
    reconciliation,
    years,
)

app_name = "ledger"

urlpatterns = [
    path("", home.start, name="start"),
    path("jobs/<int:pk>/", jobs.progress, name="job"),
    path("jobs/<int:pk>/again/", jobs.again, name="job-again"),
    path("coop/<slug:code>/", home.home, name="home"),
    path("coop/<slug:code>/barter/", barter.index, name="barter-list"),
    path("coop/<slug:code>/barter/new/", agreements.new, name="barter-new"),
    path("coop/<slug:code>/barter/load/", loading.new, name="load-new"),
    path("coop/<slug:code>/barter/load/<int:pk>/", loading.rows, name="load"),
    path("coop/<slug:code>/barter/load/<int:pk>/start/", loading.start, name="load-start"),
    path("coop/<slug:code>/barter/<int:pk>/", barter.detail, name="barter-detail"),
    path("coop/<slug:code>/barter/<int:pk>/edit/", agreements.edit, name="barter-edit"),
    path("coop/<slug:code>/barter/<int:pk>/answer/", answers.answer, name="barter-answer"),
    path("coop/<slug:code>/barter/<int:pk>/deliver/", deliveries.deliver, name="barter-deliver"),
    path("coop/<slug:code>/barter/<int:pk>/pay/", deliveries.pay, name="barter-pay"),
    path("coop/<slug:code>/offers/", offers.index, name="offers"),
    path("coop/<slug:code>/offers/ofertas.csv", offers.export, name="offers-export"),
    path("coop/<slug:code>/offers/own/", listings.index, name="offers-own"),
    path("coop/<slug:code>/offers/new/", listings.new, name="offer-new"),
    path("coop/<slug:code>/offers/<int:pk>/", offers.detail, name="offer"),
    path("coop/<slug:code>/offers/<int:pk>/edit/", listings.edit, name="offer-edit"),
    path("coop/<slug:code>/offers/<int:pk>/renew/", listings.renew, name="offer-renew"),
    path("coop/<slug:code>/offers/<int:pk>/close/", listings.close, name="offer-close"),
    path("coop/<slug:code>/delivery/<int:pk>/", deliveries.detail, name="delivery"),
    path("coop/<slug:code>/delivery/<int:pk>/confirm/", deliveries.confirm, name="delivery-confirm"),
    path("coop/<slug:code>/delivery/<int:pk>/reverse/", deliveries.reverse, name="delivery-reverse"),
    path("coop/<slug:code>/journal/", journal.index, name="journal"),
    path("coop/<slug:code>/journal/<int:year>/<int:number>/", journal.entry, name="entry"),
    path("coop/<slug:code>/accounts/", accounts.index, name="accounts"),
    path("coop/<slug:code>/accounts/<int:pk>/", accounts.detail, name="account"),
    path("coop/<slug:code>/years/", years.index, name="years"),
    path("coop/<slug:code>/years/lock/", years.lock, name="years-lock"),
    path("coop/<slug:code>/years/close/", years.close, name="years-close"),
    path("coop/<slug:code>/reconciliation/", reconciliation.index, name="reconciliation"),
]
