"""Where papers are verified: short, for it stands in the code on each page of a paper."""

from django.urls import path

from reports.web import issued

app_name = "issued"
urlpatterns = [
    path("", issued.ask, name="ask"),
    path("<slug:identifier>/", issued.paper, name="paper"),
]
