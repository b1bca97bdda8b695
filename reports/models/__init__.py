"""The tables of the reports."""

from reports.models.issued import IssuedPaper
from reports.models.requests import Report

__all__ = ["IssuedPaper", "Report"]
