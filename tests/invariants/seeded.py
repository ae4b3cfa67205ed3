"""Seed one fault at a time into a copy of the protocol, and prove a case there."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROVE = """
import json, sys
import lien.invariants.properties
from lien.invariants.prove.cases import Case
from lien.invariants.prove.matrix import prove_case
result = prove_case(Case(*json.loads(sys.argv[1])), frozenset(sys.argv[2:]))
cells = [cell for cell in result.cells if cell.result != "proved"]
print(json.dumps([[cell.property, cell.result, cell.story] for cell in cells]))
"""


@dataclass(frozen=True)
class Fault:
    """Say what is changed where, and which case must then fail on which property."""

    name: str
    file: str
    text: str
    replacement: str
    case: tuple[str, ...]
    property: str


def seed(fault: Fault, folder: Path) -> Path:
    """Return a copy of the sources in which the fault stands."""
    copy = folder / "src"
    shutil.copytree(SOURCE, copy)
    path = copy / "lien" / fault.file
    text = path.read_text()
    assert text.count(fault.text) == 1, f"the text to change stands {text.count(fault.text)} times"
    path.write_text(text.replace(fault.text, fault.replacement))
    return copy


def unproved(sources: Path, fault: Fault) -> list[list[str]]:
    """Return the properties of the case that are not proved in these sources, with result and story."""
    command = [sys.executable, "-c", PROVE, json.dumps(fault.case), fault.property]
    environment = {**os.environ, "PYTHONPATH": str(sources)}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    found: list[list[str]] = json.loads(run.stdout)
    return found
