"""Run Forge on a copy of the Solidity project, so that a test can break the copy; write vectors for it."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import decode

from lien.spec.genesis import account_of
from lien.vectors.foundry import ARITHMETIC, GENESIS, MANIFEST, TRACE, line
from lien.vectors.world import world

SOLIDITY = Path(__file__).parents[2] / "solidity"
COPIED = ("src", "test", "foundry.toml", "solcw")


def address(account: int) -> str:
    """Return an account as the encoder takes it."""
    return f"0x{account:040x}"


@dataclass(frozen=True)
class Verdict:
    """What Forge says of one test."""

    status: str
    reason: str | None
    lines: tuple[str, ...]


def forge_binaries() -> list[Path]:
    """Return where Forge's own binary is; none where it is not installed."""
    return sorted(SOLIDITY.glob("node_modules/@foundry-rs/forge-*/bin/forge"))


def require_tools() -> None:
    """Skip the test where Forge, or the Node.js of the compiler, is missing."""
    if shutil.which("node") is None:
        pytest.skip("EVM tests left out: Node.js is not installed")
    if not forge_binaries():
        pytest.skip("EVM tests left out: Forge is not installed (make evm)")


@dataclass(frozen=True)
class Project:
    """A copy of the Solidity project, and beside it the vectors that its tests read."""

    root: Path

    @property
    def solidity(self) -> Path:
        return self.root / "tests" / "solidity"

    @property
    def vectors(self) -> Path:
        return self.root / "vectors"

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that occurs exactly once."""
        path = self.solidity / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))

    def run_forge(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Forge. Compiling takes longest, and half as long without the optimizer."""
        settings = {"LIEN_VECTORS": "../../vectors", "FOUNDRY_OPTIMIZER": "false"}
        return subprocess.run(
            [forge_binaries()[0], *arguments],
            cwd=self.solidity,
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self) -> None:
        """Compile everything, without a warning."""
        done = self.run_forge("build")
        assert done.returncode == 0 and "Warning" not in done.stdout, done.stdout + done.stderr

    def verdict(self, contract: str, test: str) -> Verdict:
        """Run the tests and return what came of one of them; where its set-up fails, that is the verdict."""
        verdicts = self.verdicts(contract)
        return verdicts.get("setUp") or verdicts[test]

    def verdicts(self, contract: str) -> dict[str, Verdict]:
        """Run the tests and return what came of each of a contract's.

        All tests are run: to choose some, Forge would compile twice.
        """
        done = self.run_forge("test", "--json", "-vv")
        try:
            suites = json.loads(done.stdout)
        except json.JSONDecodeError:
            pytest.fail(f"Forge ran no test: {done.stdout}{done.stderr}")
        (found,) = (suite["test_results"] for name, suite in suites.items() if name.endswith(f":{contract}"))
        return {
            name.removesuffix("()"): Verdict(test["status"], test["reason"], tuple(test["decoded_logs"]))
            for name, test in found.items()
        }

    def copy(self, root: Path) -> "Project":
        """Return a copy, with what is compiled."""
        shutil.copytree(self.root, root, symlinks=True, dirs_exist_ok=True)
        return Project(root)


def make_project(root: Path) -> Project:
    """Return a copy of the Solidity project without vectors."""
    project = Project(root)
    project.solidity.mkdir(parents=True)
    for name in COPIED:
        source = SOLIDITY / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, project.solidity / name)
    (project.solidity / "test" / "Arithmetic.t.sol").unlink()  # which needs no vectors
    (project.solidity / "node_modules").symlink_to(SOLIDITY / "node_modules")
    return project


def genesis_value() -> tuple[object, ...]:
    """Return genesis without a token, an officer or a product."""
    genesis = world()
    where = genesis.chain_id, address(genesis.protocol), address(account_of(genesis.treasury))
    return (*where, (), ((), (), (), ()), (), ())


def write_set(
    folder: Path, genesis: Any, traces: Sequence[Any], arithmetic: Sequence[Any], chapters: Sequence[str]
) -> None:
    """Write a small set by hand."""
    steps = sum(len(trace[-1]) for trace in traces)
    manifest = ("by hand", len(traces), steps, len(arithmetic), bytes(32), list(chapters))
    (folder / "genesis.hex").write_text(line(GENESIS, genesis))
    (folder / "trace.hex").write_text("".join(line(TRACE, trace) for trace in traces))
    (folder / "arithmetic.hex").write_text("".join(line(ARITHMETIC, vector) for vector in arithmetic))
    (folder / "manifest.hex").write_text(line(MANIFEST, manifest))


def count_again(folder: Path) -> None:
    """Write the manifest anew after a change of the lines."""
    version, *_, root, chapters = decode_line(MANIFEST, (folder / "manifest.hex").read_text())
    traces = read_traces(folder)
    steps = sum(len(steps) for *_, steps in traces)
    arithmetic = len((folder / "arithmetic.hex").read_text().splitlines())
    manifest = (version, len(traces), steps, arithmetic, root, chapters)
    (folder / "manifest.hex").write_text(line(MANIFEST, manifest))


def read_traces(folder: Path) -> list[tuple[Any, ...]]:
    """Return the identifier, chapters, flags and steps of each trace."""
    return [decode_line(TRACE, trace) for trace in (folder / "trace.hex").read_text().splitlines()]


def decode_line(kind: str, text: str) -> tuple[Any, ...]:
    """Return the struct of a line."""
    (found,) = decode([kind], bytes.fromhex(text.strip()[2:]))
    return tuple(found)
