"""The tables of the reports."""

from reports.models.batches import Batch, BatchPart
from reports.models.declarations import Declaration
from reports.models.issued import IssuedPaper
from reports.models.openings import Opening, Publication
from reports.models.photos import Photo
from reports.models.requests import Report

__all__ = ["Batch", "BatchPart", "Declaration", "IssuedPaper", "Opening", "Photo", "Publication", "Report"]
