"""The addresses of the ledger; all but the start page name the organization that one works for."""

from django.urls import path

from ledger.web import (
    accounts,
    agreements,
    answers,
    barter,
    deliveries,
    duties,
    home,
    jobs,
    journal,
    loading,
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
    path("coop/<slug:code>/duties/", duties.index, name="duties"),
    path("coop/<slug:code>/duties/below/", duties.below, name="duties-below"),
    path("coop/<slug:code>/duties/calendar.ics", duties.download, name="duties-download"),
    path("coop/<slug:code>/duties/withdraw/", duties.withdraw, name="filing-withdraw"),
    path("coop/<slug:code>/duties/<slug:key>/", duties.present, name="filing-new"),
    path("coop/<slug:code>/reconciliation/", reconciliation.index, name="reconciliation"),
]
