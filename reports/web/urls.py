"""Addresses of the reports' pages, each below the code of the organization that it speaks of."""

from django.urls import path

from reports.web import (
    balances,
    batches,
    flows,
    minutes,
    openings,
    owing,
    photos,
    pictures,
    requests,
    rounds,
    settlements,
    sign_offs,
    vouchers,
)

app_name = "reports"
urlpatterns = [
    path("<slug:code>/", requests.overview, name="list"),
    path("<slug:code>/open/", openings.index, name="open"),
    path("<slug:code>/open/close/", openings.close, name="open-close"),
    path("<slug:code>/open/publish/", openings.publish, name="open-publish"),
    path("<slug:code>/open/withdraw/", openings.withdraw, name="open-withdraw"),
    path("<slug:code>/open/photos/", photos.index, name="photos"),
    path("<slug:code>/open/photos/withdraw/", photos.withdraw, name="photo-withdraw"),
    path("<slug:code>/open/photos/<int:pk>.jpg", photos.show, name="photo"),
    path("<slug:code>/agreements/<int:pk>/", settlements.download, name="settlement"),
    path("<slug:code>/batches/", batches.index, name="batches"),
    path("<slug:code>/batches/<int:pk>/", batches.detail, name="batch"),
    path("<slug:code>/batches/<int:pk>/progress/", batches.progress, name="batch-progress"),
    path("<slug:code>/batches/<int:pk>/call-off/", batches.call_off, name="batch-call-off"),
    path("<slug:code>/batches/<int:pk>/download/", batches.download, name="batch-download"),
    path("<slug:code>/flows/", flows.index, name="flows"),
    path("<slug:code>/flows/picture/", pictures.flows_picture, name="flows-picture"),
    path("<slug:code>/owing/picture/", pictures.owing_picture, name="owing-picture"),
    path("<slug:code>/flows/<int:giver>/<slug:kind>/<int:receiver>/", flows.behind, name="flows-behind"),
    path("<slug:code>/owing/", owing.index, name="owing"),
    path("<slug:code>/owing/<int:debtor>/<int:creditor>/", owing.behind, name="owing-behind"),
    path("<slug:code>/minutes/<int:pk>/", minutes.download, name="minutes"),
    path("<slug:code>/balances/<int:pk>/", balances.own, name="balances"),
    path("<slug:code>/balances/<int:pk>/<slug:member>/", balances.letter, name="balances-of"),
    path("<slug:code>/signoffs/<int:pk>/", sign_offs.download, name="signoff"),
    path("<slug:code>/rounds/<int:pk>/", rounds.download, name="round"),
    path("<slug:code>/vouchers/<uuid:sheet>/", vouchers.download, name="vouchers"),
    path("<slug:code>/<int:pk>/", requests.detail, name="detail"),
    path("<slug:code>/<int:pk>/progress/", requests.progress, name="progress"),
    path("<slug:code>/<int:pk>/call-off/", requests.call_off, name="call-off"),
    path("<slug:code>/<int:pk>/again/", requests.again, name="again"),
    path("<slug:code>/<int:pk>/download/", requests.download, name="download"),
]
