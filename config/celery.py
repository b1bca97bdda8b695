"""The Celery application: the message is only a hint, the row of the job is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

app = Celery("trama")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
