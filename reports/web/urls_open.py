"""Addresses that anybody opens without a login."""

from django.urls import path

from reports.web import open as pages
from reports.web import open_feeds

app_name = "open"
urlpatterns = [
    path("", pages.index, name="index"),
    path("<slug:code>/", pages.page, name="page"),
    path("<slug:code>/reports/<int:pk>.pdf", pages.report, name="report"),
    path("<slug:code>/photos/<slug:sha256>.jpg", pages.photo, name="photo"),
    path("<slug:code>/activities.ics", open_feeds.activities, name="activities"),
    path("<slug:code>/profile.json", open_feeds.profile, name="profile"),
    path("<slug:code>/open.json", open_feeds.figures, name="figures"),
]
