"""The days of a paper and its language, as forms ask for them."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.web.fields import DayField


class PeriodForm(forms.Form):
    """From when to when, both days included."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"))


class PaperForm(PeriodForm):
    """Of which days, in which language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        # Most often it is last month that is asked for: it is whole.
        end = on.replace(day=1) - dt.timedelta(days=1)
        kwargs["initial"] = {"starts_on": end.replace(day=1), "ends_on": end, "language": get_language()}
        super().__init__(*args, **kwargs)
