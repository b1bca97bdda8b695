"""`./trama check`: every formatter, linter and contract, one after the other; it names those that failed."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]


def commands() -> dict[str, list[str]]:
    """Return each check's name and command, the quickest first."""
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("[cnlr]*/templates/**/*.html"))
    checks = {
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--output-format=concise"],
        "ruff check": [str(BIN / "ruff"), "check", "--output-format=concise"],
        "house rules": [sys.executable, "-m", "tests.platform.house_rules"],
        "import contracts": [str(BIN / "lint-imports")],
        "templates (djade)": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        "templates (djlint)": [str(BIN / "djlint"), "--lint", "--quiet", "--profile=django", *templates],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        "translations": [sys.executable, "-m", "tests.platform.translations"],
        "types (mypy)": [str(BIN / "mypy")],
    }
    if not templates:
        checks = {name: command for name, command in checks.items() if not name.startswith("templates")}
    return checks


def environment(data: str) -> dict[str, str]:
    """Return the surroundings of every check: those of production, on a folder and database of their own."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return surroundings | {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "TRAMA_DATA": data,
        "TRAMA_HTTPS": "1",
        "TRAMA_SECRET_KEY": secrets.token_urlsafe(48),
        "PYTHONPATH": str(ROOT),
    }


def main() -> int:
    """Run all, also after a failure, and return 1 if any failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="trama-check-") as data:
        for name, command in commands().items():
            began = time.monotonic()
            sys.stdout.write(f"--- {name}\n")
            sys.stdout.flush()
            done = subprocess.run(command, cwd=ROOT, env=environment(data), check=False)
            verdict = "ok" if done.returncode == 0 else "FAILED"
            sys.stdout.write(f"    {verdict} ({time.monotonic() - began:.1f} s)\n")
            if done.returncode:
                failed.append(name)
    sys.stdout.write(f"\nFailed: {', '.join(failed)}\n" if failed else "\nAll checks passed.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
