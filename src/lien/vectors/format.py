"""Define the format: closed pydantic models, from which the JSON Schema is published.

Integers are strings of decimal digits, since JSON numbers lose digits; addresses and bytes are 0x and
lower-case hexadecimal digits. `_info` is for people and not part of any hash.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

VERSION = "1"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

Number = Annotated[str, Field(pattern=r"^(0|-?[1-9][0-9]*)$")]
Address = Annotated[str, Field(pattern=r"^0x[0-9a-f]{40}$")]
Word = Annotated[str, Field(pattern=r"^0x[0-9a-f]{64}$")]
Bytes = Annotated[str, Field(pattern=r"^0x([0-9a-f]{2})*$")]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+([._/-][a-z0-9]+)*$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Part(BaseModel):
    """Refuse fields that are not known, and write names as JSON does."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True
    )


class Actor(Part):
    """Name an account with its published key."""

    name: Name
    address: Address
    private_key: Word


class Balance(Part):
    """Say how much an actor holds at genesis."""

    holder: Name
    amount: Number


class Token(Part):
    """Place a token: its holders at genesis, and whom it refuses to pay."""

    symbol: str
    address: Address
    decimals: Number
    balances: tuple[Balance, ...]
    refuses: tuple[Name, ...]


class ProductPart(Part):
    """Say what a product gives; the three last have an entry for each grade, the best first."""

    asset: Address
    is_open: bool
    minimum_principal: Number
    maximum_principal: Number
    maximum_days: Number
    minimum_tier: Number
    allows_unsecured: bool
    quorum: Number
    impairment_ratio: Number
    least_scores: tuple[Number, ...]
    rates: tuple[Number, ...]
    origination_limits: tuple[Number, ...]


class GenesisFile(Part):
    """Fix the chain before the first call: who holds what and has which office; nobody is of a council."""

    version: str
    chain_id: Number
    protocol: Address
    treasury: Name
    actors: tuple[Actor, ...]
    tokens: tuple[Token, ...]
    guardians: tuple[Name, ...]
    attestors: tuple[Name, ...]
    reviewers: tuple[Name, ...]
    feeders: tuple[Name, ...]  # in the order of their seats, from one on
    jurisdictions: tuple[Number, ...]  # of which borrowers are accepted
    products: tuple[ProductPart, ...]  # in the order of their numbers, from one on


class ReadableCall(Part):
    """Say the call as people write it; the calldata says the same."""

    name: Name
    arguments: dict[Name, str | dict[Name, str]]


class Signature(Part):
    """Say where in the calldata which actor's signature of which EIP-712 struct stands, 65 bytes long."""

    offset: Number
    actor: Name
    struct_hash: Word


class Log(Part):
    """Record a log of the protocol; token logs are kept apart."""

    event: str
    emitter: Address
    topics: tuple[Word, ...]
    data: Bytes


class Observation(Part):
    """Record a view call after the step and the bytes that it returns."""

    view: str
    target: Address
    calldata: Bytes
    result: Bytes


class Step(Part):
    """Send one call, and say exactly what comes of it."""

    target: Address
    sender: Address
    timestamp: Number
    call: ReadableCall
    calldata: Bytes
    signatures: tuple[Signature, ...]
    succeeds: bool
    reason: str | None  # the custom error, where it fails
    result: Bytes  # what the call returns, or its revert data
    logs: tuple[Log, ...]
    observations: tuple[Observation, ...]


class Vector(Part):
    """Hold a trace: all steps of the parent, from genesis, and then its own."""

    id: Identifier
    parent: Identifier | None
    chapters: tuple[str, ...]  # that a contract has to have for the whole trace
    requirements: tuple[str, ...]
    properties: tuple[str, ...]
    flags: tuple[str, ...]
    comment: str
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class ArithmeticVector(Part):
    """Hold one evaluation of a pure function."""

    id: Identifier
    operation: str
    arguments: tuple[Number, ...]
    calldata: Bytes  # the encoded arguments, without a selector
    succeeds: bool
    result: Bytes  # the encoded result; nothing where the function fails
    flags: tuple[str, ...]
    comment: str


class Note(Part):
    """Explain a flag, and say what kind of bug its vectors catch."""

    meaning: str
    bug: str


class Info(Part):
    """Tell where a file comes from; not part of any hash."""

    generated_by: str
    about: str


class TraceFile(Part):
    """Hold the traces that end in one call."""

    info: Annotated[Info, Field(alias="_info")]
    version: str
    family: Literal["trace"]
    call: str
    notes: dict[str, Note]
    vectors: tuple[Vector, ...]


class ArithmeticFile(Part):
    """Hold the evaluations of one pure function."""

    info: Annotated[Info, Field(alias="_info")]
    version: str
    family: Literal["arithmetic"]
    operation: str
    notes: dict[str, Note]
    vectors: tuple[ArithmeticVector, ...]


class Entry(Part):
    """List a file, with the number of its vectors and the hash of its content without `_info`."""

    file: str
    vectors: Number
    hash: Word


class Index(Part):
    """List all files; the root is the hash of their hashes."""

    info: Annotated[Info, Field(alias="_info")]
    version: str
    traces: Number
    steps: Number  # of all traces, each complete from genesis
    arithmetic: Number
    chapters: tuple[str, ...]
    files: tuple[Entry, ...]
    left_out: dict[str, str]  # reasons of which there is no vector, and why
    root: Word


class Vectors(Part):
    """Name the kinds of files, for the schema."""

    file: GenesisFile | TraceFile | ArithmeticFile | Index


def json_schema() -> dict[str, Any]:
    """Return the closed JSON Schema of every file: a file is one of its kinds."""
    schema = Vectors.model_json_schema(by_alias=True)
    return {
        "$schema": DRAFT,
        "title": "Lien test vectors",
        **schema["properties"]["file"],
        "$defs": schema["$defs"],
    }
