"""Derive the lines that a Foundry runner reads: one ABI-encoded struct a line, traces from genesis on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from eth_abi.abi import encode

from lien.spec.abi import abi_type
from lien.spec.product import Product
from lien.vectors.format import ArithmeticVector, GenesisFile, Index, ProductPart, Step, Vector
from lien.vectors.kinds import is_tuple

WORD = 32  # bytes
TOKEN = "(address,address[],uint256[],address[])"
OFFICES = "(address[],address[],address[],address[])"
PRODUCT = abi_type(Product)
GENESIS = f"(uint256,address,address,{TOKEN}[],{OFFICES},uint16[],{PRODUCT}[])"
SIGNATURE_SLOT = "(uint256,uint256,bytes32)"
LOG = "(address,bytes32[],bytes)"
OBSERVATION = "(address,bytes,bytes)"
STEP = f"(address,address,uint64,bytes,{SIGNATURE_SLOT}[],bool,bytes,{LOG}[],{OBSERVATION}[])"
TRACE = f"(string,string[],string[],{STEP}[])"
ARITHMETIC = "(string,string,bytes,bool,bytes)"
MANIFEST = "(string,uint256,uint256,uint256,bytes32,string[])"


def unhex(text: str) -> bytes:
    """Return the bytes of a hexadecimal string."""
    return bytes.fromhex(text[2:])


def line(kind: str, value: Any) -> str:
    """Return one encoded struct as a line."""
    return f"0x{encode([kind], [value]).hex()}\n"


def genesis_line(genesis: GenesisFile) -> str:
    """Return the line of the genesis."""
    address = {actor.name: actor.address for actor in genesis.actors}
    tokens = [
        (
            token.address,
            [address[balance.holder] for balance in token.balances],
            [int(balance.amount) for balance in token.balances],
            [address[name] for name in token.refuses],
        )
        for token in genesis.tokens
    ]
    officers = (genesis.guardians, genesis.attestors, genesis.reviewers, genesis.feeders)
    offices = tuple([address[name] for name in names] for names in officers)
    jurisdictions = [int(number) for number in genesis.jurisdictions]
    products = [product_values(product) for product in genesis.products]
    where = (int(genesis.chain_id), genesis.protocol, address[genesis.treasury])
    return line(GENESIS, (*where, tokens, offices, jurisdictions, products))


def product_values(product: ProductPart) -> tuple[Any, ...]:
    """Return a product's fields as the encoder takes them."""
    values: list[Any] = []
    for name in type(product).model_fields:
        value = getattr(product, name)
        if isinstance(value, bool) or name == "asset":
            values.append(value)
        else:
            values.append([int(part) for part in value] if is_tuple(value) else int(value))
    return tuple(values)


def step_body(step: Step, keys: Mapping[str, int], *, observed: bool) -> bytes:
    """Return an encoded step; what leads to a trace's own steps is observed in the trace of its own."""
    values = (
        step.target,
        step.sender,
        int(step.timestamp),
        unhex(step.calldata),
        [(int(slot.offset), keys[slot.actor], unhex(slot.struct_hash)) for slot in step.signatures],
        step.succeeds,
        unhex(step.result),
        [(log.emitter, [unhex(topic) for topic in log.topics], unhex(log.data)) for log in step.logs],
        [(item.target, unhex(item.calldata), unhex(item.result)) for item in step.observations if observed],
    )
    return body(STEP, values)


def body(kind: str, value: Any) -> bytes:
    """Return an encoded dynamic value without the word that says where it begins."""
    return encode([kind], [value])[WORD:]


def together(bodies: list[bytes]) -> bytes:
    """Return encoded dynamic values one after the other, behind the words that say where each begins."""
    starts = accumulate((len(part) for part in bodies[:-1]), initial=len(bodies) * WORD)
    return b"".join(encode(["uint256"], [start]) for start in starts) + b"".join(bodies)


class Traces:
    """Encode traces; the steps that many share are encoded once."""

    def __init__(self, traces: Iterable[Vector], genesis: GenesisFile) -> None:
        """Keep the traces by identifier."""
        self.vectors = {vector.id: vector for vector in traces}
        self.keys = {actor.name: int(actor.private_key, 16) for actor in genesis.actors}
        self._shared: dict[str, list[bytes]] = {}

    def shared(self, identifier: str | None) -> list[bytes]:
        """Return the encoded steps that lead to the children of a vector."""
        if identifier is None:
            return []
        if identifier not in self._shared:
            vector = self.vectors[identifier]
            own = [step_body(step, self.keys, observed=False) for step in vector.steps]
            self._shared[identifier] = [*self.shared(vector.parent), *own]
        return self._shared[identifier]

    def line(self, vector: Vector) -> str:
        """Return the line of a trace: the parents' steps, and then its own."""
        own = [step_body(step, self.keys, observed=True) for step in vector.steps]
        steps = [*self.shared(vector.parent), *own]
        array = encode(["uint256"], [len(steps)]) + together(steps)
        names = [body("string[]", list(vector.chapters)), body("string[]", list(vector.flags))]
        whole = together([body("string", vector.id), *names, array])
        return f"0x{(encode(['uint256'], [WORD]) + whole).hex()}\n"


def trace_lines(traces: Iterable[Vector], genesis: GenesisFile) -> str:
    """Return the lines of all traces."""
    encoder = Traces(traces, genesis)
    return "".join(encoder.line(vector) for vector in encoder.vectors.values())


def arithmetic_lines(vectors: Iterable[ArithmeticVector]) -> str:
    """Return the lines of the evaluations."""
    return "".join(
        line(ARITHMETIC, (item.id, item.operation, unhex(item.calldata), item.succeeds, unhex(item.result)))
        for item in vectors
    )


def manifest_line(index: Index) -> str:
    """Return the line of the manifest."""
    counts = (int(index.traces), int(index.steps), int(index.arithmetic))
    return line(MANIFEST, (index.version, *counts, unhex(index.root), list(index.chapters)))
