"""The table of addresses, one line an app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("ledger.web.urls")),
    path("", include("network.web.urls")),
    path("reports/", include("reports.web.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
