"""The project as an app, so that its own templates' tags and its commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Label `config`."""

    name = "config"
