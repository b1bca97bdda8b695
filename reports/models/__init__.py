"""The tables of the reports."""

from reports.models.issued import IssuedPaper
from reports.models.openings import Opening, Publication
from reports.models.requests import Report

__all__ = ["IssuedPaper", "Opening", "Publication", "Report"]
