"""The tables of the reports."""

from reports.models.requests import Report

__all__ = ["Report"]
