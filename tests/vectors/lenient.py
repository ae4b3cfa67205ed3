"""Ask what a rejection would be without its guard: an answer that does not come from the search."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lien.protocol.machine import execute
from lien.protocol.rejection import require
from lien.protocol.signatures import recover_signers
from lien.spec.reasons import Reason
from lien.vectors.check import context_of
from lien.vectors.format import TraceFile, Vector
from lien.vectors.readable import read_call
from lien.vectors.stories.tree import scenes

SENSELESS = (  # past these guards nothing can be read, or be divided by
    Reason.UNKNOWN_LOAN,
    Reason.UNKNOWN_FACILITY,
    Reason.UNKNOWN_PRODUCT,
    Reason.UNKNOWN_APPLICATION,
    Reason.IDENTITY_MISSING,
    Reason.PRICE_UNUSABLE,
)


@contextmanager
def without(reason: Reason) -> Generator[None, None, None]:
    """Run the protocol without the guards of one reason."""

    def lenient(condition: bool, other: Reason, **compared: int) -> None:
        if other is not reason:
            require(condition, other, **compared)

    users = [
        module
        for name, module in sys.modules.items()
        if name.startswith("lien.protocol.") and vars(module).get("require") is require
    ]
    for module in users:
        vars(module)["require"] = lenient
    try:
        yield
    finally:
        for module in users:
            vars(module)["require"] = require


def clear_rejections(folder: Path) -> list[Vector]:
    """Return the rejections that do not say that another guard fails too."""
    files = [TraceFile.model_validate_json(file.read_text()) for file in sorted((folder / "trace").iterdir())]
    vectors = [vector for file in files for vector in file.vectors]
    return [item for item in vectors if not item.steps[0].succeeds and "guard-order" not in item.flags]


def assert_violates_one_guard(vector: Vector) -> None:
    """Run the call of a rejection without the guard that rejects it: no other guard does."""
    (step,) = vector.steps
    story = "genesis" if vector.parent is None else vector.parent.split("/")[1].split(".")[0]
    state, call = scenes()[story].state, read_call(step.call)
    reason = next(item for item in Reason if item.error == step.reason)
    signer, second_signer = recover_signers(state, call)
    context = replace(context_of(step), signer=signer, second_signer=second_signer)
    with without(reason):
        try:
            execute(state, call, context)
        except (KeyError, ZeroDivisionError):
            assert reason in SENSELESS
