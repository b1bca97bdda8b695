"""The register as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Label `network`."""

    name = "network"
    verbose_name = _("Network")
