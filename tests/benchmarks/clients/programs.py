"""Programs that read a journal from a file and say whether it is right: bean-check, hledger."""

import subprocess

from tests.benchmarks.clients import loop


def main() -> None:
    """Serve: one call runs the program once; a unit is a posting of the file."""
    told = loop.options()

    def check() -> int:
        subprocess.run(told["argv"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return int(told["postings"])

    loop.serve(check, warm_up=0)


if __name__ == "__main__":
    main()
