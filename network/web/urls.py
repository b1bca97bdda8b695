"""The addresses of the register."""

from django.urls import path

from network.web import organizations

app_name = "network"

urlpatterns = [
    path("network/", organizations.index, name="organizations"),
    path("network/<slug:code>/", organizations.detail, name="organization"),
]
