"""`./trama bench WHAT [arguments]`: the ledger, a set-off, records and reports, each beside its peers."""

import sys

from tests.benchmarks import clearing, kernel, matching, reports

BENCHMARKS = {"clearing": clearing.main, "kernel": kernel.main, "matching": matching.main, "reports": reports.main}


def main() -> int:
    """Run the benchmark that was named."""
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in BENCHMARKS:
        return BENCHMARKS[name](arguments)
    sys.stdout.write(f"{__doc__}\n{', '.join(BENCHMARKS)}; each takes --help.\n")
    return 0 if name in {"help", "--help", "-h"} else 2


if __name__ == "__main__":
    sys.exit(main())
