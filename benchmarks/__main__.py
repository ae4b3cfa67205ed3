"""Print the figures: `python -m benchmarks`, or `make bench`."""

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.bare import bare_of
from benchmarks.contract import deposit_in_contract
from benchmarks.lives import other_scenes
from benchmarks.measure import microseconds
from benchmarks.scenes import Scene, crowded, scenes
from lien.cli.output import write_table, write_text
from lien.spec.catalogue import CALLS

SIZES = (100, 10_000, 1_000_000)


def main() -> None:
    """Measure, and print a table for each question."""
    found = {scene.name: scene for scene in scenes()}
    found |= {scene.name: scene for scene in other_scenes(set(found))}
    timed = {name: microseconds(scene.run) for name, scene in found.items()}
    write_text("One call of each kind, through the one door `step`", style="bold")
    rows = [(name, f"{time:,.1f}", f"{1e6 / time:,.0f}") for name, time in timed.items()]
    write_table(("call", "microseconds", "steps a second"), rows, numbers=(1, 2))
    missing = sorted(CALLS.keys() - timed.keys())
    if missing:
        write_text(f"not measured, since no life reached them: {', '.join(missing)}")

    write_text("\nOne step among many loans, beside its bare map writes and record copies", style="bold")
    columns = ("call", "loans", "microseconds", "bare", "ratio")
    write_table(columns, among_many(with_loan(found)), numbers=(1, 2, 3, 4))
    write_text("\nThe same deposit in the Solidity reference contract, in revm", style="bold")
    write_text(beside_contract(timed["deposit"]))


def with_loan(found: dict[str, Scene]) -> list[Scene]:
    """Return the scenes to run among many loans, each where one loan is active and the book current."""
    state, timestamp = found["redeem"].state, found["redeem"].context.timestamp
    return [
        Scene(state, found[name].call, replace(found[name].context, timestamp=timestamp))
        for name in ("repay", "deposit", "transfer")
    ]


def among_many(chosen: list[Scene]) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield, for each size and scene, a step's time, the bare time and their ratio."""
    for loans in SIZES:
        state = crowded(chosen[0].state, loans)
        for scene in chosen:
            large = replace(scene, state=state)
            time = microseconds(large.run)
            bare = microseconds(bare_of(scene.state, scene.run().state, state))
            yield scene.name, loans, f"{time:,.1f}", f"{bare:,.1f}", f"{time / bare:,.1f}"


def beside_contract(time: float) -> str:
    """Return the comparison in one line, or why there is none."""
    deposit = deposit_in_contract()
    if isinstance(deposit, str):
        return f"left out: {deposit}"
    contract = microseconds(deposit)
    return f"{contract:,.1f} microseconds in the contract, {time:,.1f} here: {time / contract:,.2f} times"


if __name__ == "__main__":
    main()
