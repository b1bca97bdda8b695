"""The addresses of the register."""

from django.urls import path

from network.web import history, organizations, profiles, register

app_name = "network"

urlpatterns = [
    path("network/", organizations.index, name="organizations"),
    path("network/<slug:code>/", organizations.detail, name="organization"),
    path("network/<slug:code>/edit/", organizations.edit, name="organization-edit"),
    path("network/<slug:code>/counts/add/", history.add_count, name="count-add"),
    path("network/<slug:code>/counts/<int:pk>/withdraw/", history.withdraw_count, name="count-withdraw"),
    path("network/<slug:code>/milestones/add/", history.add_milestone, name="milestone-add"),
    path("network/<slug:code>/milestones/<int:pk>/withdraw/", history.withdraw_milestone, name="milestone-withdraw"),
    path("register/new/", organizations.new, name="organization-new"),
    path("register/load/", register.bring, name="register-load"),
    path("register/load/<int:pk>/", register.rows, name="register-rows"),
    path("register/load/<int:pk>/start/", register.load, name="register-start"),
    path("register/registro.csv", register.export, name="register-export"),
    path("profiles/<slug:code>.json", profiles.profile, name="profile"),
]
