"""The addresses of the register, and of what belongs to one's own login."""

from django.urls import path

from network.web import (
    assemblies,
    bylaws,
    councils,
    history,
    login,
    organizations,
    profiles,
    register,
    resolutions,
    second_factor,
    tiers,
    visits,
)

app_name = "network"

urlpatterns = [
    path("me/", login.mine, name="me"),
    path("me/visits/", visits.mine, name="my-visits"),
    path("network/", organizations.index, name="organizations"),
    path("tiers/", tiers.index, name="tree"),
    path("network/<slug:code>/", organizations.detail, name="organization"),
    path("coop/<slug:code>/council/", councils.index, name="council"),
    path("coop/<slug:code>/council/elect/", councils.elect, name="council-elect"),
    path("coop/<slug:code>/council/recall/", councils.recall, name="council-recall"),
    path("coop/<slug:code>/council/replace/", councils.replace, name="council-replace"),
    path("coop/<slug:code>/council/resign/", councils.resign, name="council-resign"),
    path("coop/<slug:code>/council/rules/", bylaws.edit, name="bylaws"),
    path("coop/<slug:code>/assemblies/", assemblies.index, name="assemblies"),
    path("coop/<slug:code>/assemblies/new/", assemblies.new, name="assembly-new"),
    path("coop/<slug:code>/assemblies/<int:pk>/", assemblies.detail, name="assembly"),
    path("coop/<slug:code>/assemblies/<int:pk>/meet/", assemblies.meet, name="assembly-meet"),
    path("coop/<slug:code>/assemblies/<int:pk>/cancel/", assemblies.cancel, name="assembly-cancel"),
    path("coop/<slug:code>/assemblies/<int:pk>/vote/", assemblies.vote, name="assembly-vote"),
    path("coop/<slug:code>/assemblies/<int:pk>/close/", assemblies.close, name="assembly-close"),
    path("coop/<slug:code>/resolutions/", resolutions.index, name="resolutions"),
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
    path("network/<slug:code>/visits/", visits.of_organization, name="visits"),
    path("network/<slug:code>/second-factor/", second_factor.of_organization, name="second-factor"),
]
