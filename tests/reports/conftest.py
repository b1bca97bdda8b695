"""What the tests of the reports share."""

import pytest

#: WeasyPrint 70 opens its color profile and leaves closing it to the garbage collector (weasyprint/pdf/__init__.py).
LEFT_OPEN = "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.filterwarnings(LEFT_OPEN))
