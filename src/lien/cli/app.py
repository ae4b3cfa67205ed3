"""Define the commands and their options; what each does stands in a module of its own."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Lien: an executable, formally verified specification of blockchain lending.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
vectors = typer.Typer(help="Generate, check and show test vectors.")
app.add_typer(vectors, name="vectors")

FOLDER = Path("build/vectors")
PROCESSORS = os.cpu_count() or 1
Jobs = Annotated[int, typer.Option(min=1, metavar="N", help="How many processes work at a time.")]
Seed = Annotated[int, typer.Option(min=0, metavar="N", help="What all choices follow from.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]
Calls = Annotated[
    list[str] | None, typer.Option("--call", metavar="CALL", help="Only this call; may be repeated.")
]
Properties = Annotated[
    list[str] | None, typer.Option("--property", metavar="ID", help="Only this property; may be repeated.")
]
Keep = Annotated[
    Path | None,
    typer.Option("--keep", metavar="DIR", help="Keep each piece here, and run none again that is kept."),
]
From = Annotated[Path, typer.Option("--from", metavar="DIR", help="The folder of the vectors.")]


class By(StrEnum):
    """Name the ways to look for mutants."""

    PROOF = "proof"
    EXPLORER = "explorer"
    BOTH = "both"

    @property
    def ways(self) -> list[str]:
        """Return the single ways."""
        return [By.PROOF, By.EXPLORER] if self is By.BOTH else [self]


@app.callback(invoke_without_command=True)
@vectors.callback(invoke_without_command=True)
def help_first(context: typer.Context) -> None:
    """Show the help where no command is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def tour(
    jobs: Jobs = PROCESSORS,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the vectors go.")] = FOLDER,
) -> None:
    """Play loans from deposit to settlement, prove the properties, write the vectors."""
    from lien.cli.tour import run_tour

    run_tour(jobs, out)


@app.command()
def run(
    scenario: Annotated[
        str | None, typer.Argument(metavar="SCENARIO", help="A file in YAML or JSON, or a name of --list.")
    ] = None,
    json: Json = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with pictures, which needs no network.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Check every property after every call.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the scenarios that come with Lien.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Write the JSON Schema of scenarios.")] = False,
) -> None:
    """Play a scenario: a file that tells who sends which call when."""
    from lien.cli.scenarios import list_scenarios, run_scenario, write_schema

    if schema:
        write_schema()
    elif listed:
        list_scenarios()
    else:
        run_scenario(scenario, check=check, as_json=json, report=report)


@app.command()
def calls(json: Json = False) -> None:
    """List the calls: who may send each, why it is rejected, what it tells."""
    from lien.cli.calls import list_calls

    list_calls(json)


@app.command()
def properties(
    json: Json = False,
    peers: Annotated[
        bool,
        typer.Option(
            "--peers", help="List what covers the properties of other lending protocols, by number."
        ),
    ] = False,
) -> None:
    """List the properties: the sentence, and how it is shown."""
    from lien.cli.properties import list_peers, list_properties

    lister = list_peers if peers else list_properties
    lister(json)


@app.command()
def prove(  # noqa: PLR0913, PLR0917  # each is an option
    call: Calls = None,
    property: Properties = None,
    jobs: Jobs = PROCESSORS,
    paths: Annotated[bool, typer.Option("--paths", help="List the paths by call and outcome.")] = False,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep each result here, and prove none again that nothing changed."),
    ] = None,
    emit: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write each obligation here, as SMT-LIB 2.")
    ] = None,
    second: Annotated[
        bool, typer.Option("--second-solver", help="Have cvc5 check each obligation too.")
    ] = False,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="Prove nothing, but say what the proof rests on.")
    ] = False,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the results to a file.")] = None,
) -> None:
    """Prove the properties of every call, for all states, callers, amounts and times."""
    from lien.cli.assumptions import write_assumptions
    from lien.cli.prove import Wish, run_proof

    if assumptions:
        write_assumptions()
    else:
        run_proof(Wish(call, property, jobs, paths, json, keep, emit, second))


@app.command()
def explore(
    calls: Annotated[int, typer.Option(min=1, metavar="N", help="How many calls are sent.")] = 20_000,
    seed: Seed = 0,
    jobs: Jobs = PROCESSORS,
    folder: Keep = None,
    json: Json = False,
) -> None:
    """Send random calls, and check every property after each."""
    from lien.cli.explore import run_exploration

    run_exploration(calls, seed, jobs, folder, as_json=json)


@app.command()
def compare(  # each is an option
    call: Calls = None,
    times: Annotated[int, typer.Option(min=1, metavar="N", help="How many calls of each kind.")] = 100,
    seed: Seed = 0,
    jobs: Jobs = PROCESSORS,
    folder: Keep = None,
    json: Json = False,
) -> None:
    """Read random calls on the paths of the proof: each must take exactly one, with its outcome."""
    from lien.cli.compare import run_comparison

    run_comparison(call, times, seed, jobs, folder, as_json=json)


@app.command()
def mutants(  # noqa: PLR0913, PLR0917  # what a user can ask for
    identifiers: Annotated[
        list[str] | None, typer.Option("--id", metavar="ID", help="Only this incident; may be repeated.")
    ] = None,
    call: Calls = None,
    by: Annotated[By, typer.Option(help="How they are looked for.")] = By.PROOF,
    calls: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many calls the explorer sends at most.")
    ] = 20_000,
    jobs: Jobs = PROCESSORS,
    folder: Keep = None,
    listed: Annotated[bool, typer.Option("--list", help="List them, and what is none and why.")] = False,
    json: Json = False,
) -> None:
    """Make the mistakes of incidents in copies of the protocol, and see that each is found."""
    from lien.cli.mutants import known_mutants, list_mutants, run_mutants

    chosen = known_mutants(identifiers, call)
    if listed:
        list_mutants(chosen, as_json=json)
    else:
        run_mutants(chosen, by.ways, calls, jobs, folder, as_json=json)


@app.command()
def show(
    call: Annotated[str, typer.Argument(metavar="CALL")],
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Name the vectors of a folder too.")
    ] = None,
) -> None:
    """Show a call on one screen: its chapter, guards, events, properties and vectors."""
    from lien.cli.calls import show_call

    show_call(call, folder)


@app.command()
def explain(
    reason: Annotated[
        str, typer.Argument(metavar="REASON", help="A reason, or a contract's error or its selector.")
    ],
) -> None:
    """Explain a rejection: what it says, which calls give it, and what to do."""
    from lien.cli.explain import explain_reason

    explain_reason(reason)


@vectors.command()
def generate(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where they go; a folder of vectors is replaced.")],
    jobs: Jobs = PROCESSORS,
    call: Calls = None,
) -> None:
    """Find the vectors on the protocol's own code and write them."""
    from lien.cli.vectors import generate_vectors

    generate_vectors(out, jobs, call)


@vectors.command()
def check(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Check every vector of a folder against the machine."""
    from lien.cli.vectors import check_vectors

    check_vectors(folder)


@vectors.command("show")
def show_vector(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="An identifier, or how one begins.")],
    folder: From = FOLDER,
) -> None:
    """Tell a vector as a story on one screen."""
    from lien.cli.vectors import show_vector

    show_vector(identifier, folder)
