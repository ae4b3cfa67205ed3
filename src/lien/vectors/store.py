"""Lay the vectors out in files: readable JSON, an index with hashes, and lines for a runner."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from eth_utils import keccak  # type: ignore[attr-defined]
from pydantic import BaseModel

from lien.spec.genesis import account_of, private_key
from lien.spec.product import Product
from lien.vectors.flags import LEFT_OUT, NOTES
from lien.vectors.format import (
    VERSION,
    Actor,
    ArithmeticFile,
    ArithmeticVector,
    Balance,
    Entry,
    GenesisFile,
    Index,
    Info,
    Note,
    ProductPart,
    Token,
    TraceFile,
    Vector,
    json_schema,
)
from lien.vectors.foundry import arithmetic_lines, genesis_line, manifest_line, trace_lines
from lien.vectors.readable import written
from lien.vectors.record import show_address, show_bytes
from lien.vectors.requirements import chapter_names
from lien.vectors.world import ACTORS, world

LARGEST_FILE = 1_000_000  # bytes
INFO = Info(
    generated_by="lien vectors generate",
    about="Found by Z3 on the protocol's own code, and recorded from the machine that runs on integers.",
)
SCHEMA, GENESIS, INDEX = "schema.json", "genesis.json", "index.json"


def dump(document: BaseModel | Mapping[str, Any]) -> str:
    """Return readable JSON, the same for equal content."""
    content = document.model_dump(mode="json") if isinstance(document, BaseModel) else document
    return f"{json.dumps(content, indent=1, ensure_ascii=False)}\n"


def content_hash(document: BaseModel) -> str:
    """Return the hash of a file's content, without `_info` and independent of how it is laid out."""
    content = {key: value for key, value in document.model_dump(mode="json").items() if key != "_info"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return show_bytes(keccak(text=canonical))


def genesis_file() -> GenesisFile:
    """Return the genesis of all vectors."""
    genesis = world()
    return GenesisFile(
        version=VERSION,
        chain_id=str(genesis.chain_id),
        protocol=show_address(genesis.protocol),
        treasury=genesis.treasury,
        actors=tuple(
            Actor(
                name=name, address=show_address(account_of(name)), private_key=show_bytes(private_key(name))
            )
            for name in ACTORS
        ),
        tokens=tuple(
            Token(
                symbol=asset.symbol,
                address=show_address(asset.address),
                decimals=str(asset.decimals),
                balances=tuple(
                    Balance(holder=name, amount=str(amount)) for name, amount in asset.balances.items()
                ),
                refuses=asset.refuses,
            )
            for asset in genesis.assets
        ),
        guardians=genesis.offices.guardians,
        attestors=genesis.offices.attestors,
        reviewers=genesis.offices.reviewers,
        feeders=genesis.offices.feeders,
        jurisdictions=tuple(str(number) for number in genesis.jurisdictions),
        products=tuple(map(product_part, genesis.products)),
    )


def product_part(product: Product) -> ProductPart:
    """Return a product as genesis shows it."""
    fields: dict[str, Any] = written(Product, product)
    flags = {name: fields[name] == "1" for name in ("is_open", "allows_unsecured")}
    return ProductPart(**{**fields, **flags})


def notes_of(flags: Iterable[Iterable[str]]) -> dict[str, Note]:
    """Return the notes that explain the flags in use."""
    used = {flag for each in flags for flag in each}
    return {name: note for name, note in NOTES.items() if name in used}


def trace_files(vectors: Iterable[Vector]) -> dict[str, TraceFile]:
    """Return the files of traces: one a call, in parts where it would be too large."""
    by_call: dict[str, list[Vector]] = defaultdict(list)
    for vector in vectors:
        by_call[vector.id.split("/", 1)[0]].append(vector)
    found: dict[str, TraceFile] = {}
    for call, members in by_call.items():
        parts = split(members)
        for number, part in enumerate(parts, 1):
            name = f"trace/{call}.json" if len(parts) == 1 else f"trace/{call}-{number:02}.json"
            notes = notes_of(vector.flags for vector in part)
            found[name] = TraceFile(
                info=INFO, version=VERSION, family="trace", call=call, notes=notes, vectors=tuple(part)
            )
    return found


def split(vectors: list[Vector]) -> list[list[Vector]]:
    """Return the vectors in as few parts as fit the largest file, in their order."""
    parts: list[list[Vector]] = [[]]
    size = 0
    for vector in vectors:
        length = len(json.dumps(vector.model_dump(mode="json"), indent=3))
        if parts[-1] and size + length > LARGEST_FILE * 9 // 10:
            parts.append([])
            size = 0
        parts[-1].append(vector)
        size += length
    return parts


def arithmetic_files(vectors: Iterable[ArithmeticVector]) -> dict[str, ArithmeticFile]:
    """Return the files of evaluations: one an operation."""
    by_operation: dict[str, list[ArithmeticVector]] = defaultdict(list)
    for vector in vectors:
        by_operation[vector.operation].append(vector)
    return {
        f"arithmetic/{operation}.json": ArithmeticFile(
            info=INFO,
            version=VERSION,
            family="arithmetic",
            operation=operation,
            notes=notes_of(vector.flags for vector in members),
            vectors=tuple(members),
        )
        for operation, members in by_operation.items()
    }


def count_steps(vectors: Iterable[Vector]) -> int:
    """Count the steps of all traces, each complete from genesis."""
    known = {vector.id: vector for vector in vectors}

    @cache
    def length(identifier: str | None) -> int:
        if identifier is None:
            return 0
        return len(known[identifier].steps) + length(known[identifier].parent)

    return sum(length(identifier) for identifier in known)


def index_of(files: Mapping[str, GenesisFile | TraceFile | ArithmeticFile]) -> Index:
    """Return the index: each file with its hash, and the root over all of them."""
    entries = tuple(
        Entry(file=name, vectors=str(len(getattr(document, "vectors", ()))), hash=content_hash(document))
        for name, document in sorted(files.items())
    )
    root = keccak(b"".join(bytes.fromhex(entry.hash[2:]) for entry in entries))
    traces, arithmetic = traces_in(files), arithmetic_in(files)
    used = {chapter for vector in traces for chapter in vector.chapters}
    return Index(
        info=INFO,
        version=VERSION,
        traces=str(len(traces)),
        steps=str(count_steps(traces)),
        arithmetic=str(len(arithmetic)),
        chapters=tuple(name for name in chapter_names() if name in used),
        files=entries,
        left_out=LEFT_OUT,
        root=show_bytes(root),
    )


def traces_in(files: Mapping[str, object]) -> list[Vector]:
    """Return the traces in the order of their files."""
    documents = [document for _, document in sorted(files.items())]
    return [
        vector for document in documents if isinstance(document, TraceFile) for vector in document.vectors
    ]


def arithmetic_in(files: Mapping[str, object]) -> list[ArithmeticVector]:
    """Return the evaluations in the order of their files."""
    documents = [document for _, document in sorted(files.items())]
    return [
        vector
        for document in documents
        if isinstance(document, ArithmeticFile)
        for vector in document.vectors
    ]


def layout(traces: Iterable[Vector], arithmetic: Iterable[ArithmeticVector]) -> dict[str, str]:
    """Return the text of every file by its name."""
    genesis = genesis_file()
    files: dict[str, GenesisFile | TraceFile | ArithmeticFile] = {
        GENESIS: genesis,
        **trace_files(traces),
        **arithmetic_files(arithmetic),
    }
    index = index_of(files)
    return {
        **{name: dump(document) for name, document in files.items()},
        INDEX: dump(index),
        SCHEMA: dump(json_schema()),
        "genesis.hex": genesis_line(genesis),
        "trace.hex": trace_lines(traces_in(files), genesis),
        "arithmetic.hex": arithmetic_lines(arithmetic_in(files)),
        "manifest.hex": manifest_line(index),
    }
