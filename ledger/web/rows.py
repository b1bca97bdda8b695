"""Forms with rows: one may ask for more of them, also in a browser without JavaScript."""

import re
from typing import Any

MORE_ROWS = 2


def with_more(posted: Any, *prefixes: str, most: int, more: int = MORE_ROWS) -> Any:
    """Return what was sent with some more empty rows in each set, up to `most`."""
    data = posted.copy()
    for prefix in prefixes:
        name = f"{prefix}-TOTAL_FORMS"
        count = data.get(name, "0")
        data[name] = str(min(most, (int(count) if re.fullmatch("[0-9]{1,4}", count) else 0) + more))
    return data
