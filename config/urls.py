"""The table of addresses, one line an app."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("ledger.web.urls")),
    path("", include("network.web.urls")),
    path("reports/", include("reports.web.urls")),
    path("verify/", include("reports.web.issued_urls")),
    path("open/", include("reports.web.urls_open")),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    # The language is chosen before one logs in, too.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
]
