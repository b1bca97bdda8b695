"""The addresses of the register, and of what belongs to one's own login."""

from django.urls import path

from network.web import login, organizations, second_factor, visits

app_name = "network"

urlpatterns = [
    path("me/", login.mine, name="me"),
    path("me/visits/", visits.mine, name="my-visits"),
    path("network/", organizations.index, name="organizations"),
    path("network/<slug:code>/", organizations.detail, name="organization"),
    path("network/<slug:code>/visits/", visits.of_organization, name="visits"),
    path("network/<slug:code>/second-factor/", second_factor.of_organization, name="second-factor"),
]
