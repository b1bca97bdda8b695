"""What docs/operations.md promises to list is listed."""

import re

from tests.platform.house_rules import ROOT, source_files

VARIABLE = re.compile(r"\b(?:TRAMA_[A-Z_]+|DATABASE_URL|REDIS_URL)\b")


class TestOperations:
    def test_lists_every_variable_that_is_read_and_no_other(self):
        program = [path for path in source_files() if path.suffix in {".py", ".sh", ""} and "tests" not in path.parts]
        read = {name for path in program for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}

        documented = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))

        assert documented - {"TRAMA_SECRET_KEY_FILE"} == read
