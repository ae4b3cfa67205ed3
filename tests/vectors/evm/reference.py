"""Name the reference contract, and read what the runner says of it."""

import re

from tests.vectors.evm.forge import Verdict

REFERENCE = "FacilityConformanceTest"
ADAPTER = "test/FacilityConformance.t.sol"
COVERED = {"assets", "facility"}


def difference(verdict: Verdict) -> str:
    """Return the first difference, once a run failed for differing."""
    assert verdict.status == "Failure", verdict
    found = re.fullmatch(r'DoesNotConform\("\d+ differ, first (.*)"\)', verdict.reason or "")
    assert found, verdict
    return found[1]
