"""Run the deposit in the Solidity reference contract, in revm."""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from benchmarks.scenes import FIRST_DAY
from lien.spec.abi import encode_call
from lien.spec.facility import Deposit, OpenFacility
from lien.spec.genesis import account_of
from lien.spec.units import SECONDS_PER_DAY

ARTEFACTS = Path(__file__).parents[1] / "tests" / "solidity" / "out"
EVERYTHING = 2**256 - 1


def code_of(name: str, folder: Path) -> bytes | None:
    """Return a contract's creation code, where it is compiled."""
    file = folder / f"{name}.sol" / f"{name}.json"
    found: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
    return bytes.fromhex(found["bytecode"]["object"][2:]) if "bytecode" in found else None


def deposit_in_contract(folder: Path = ARTEFACTS) -> Callable[[], Any] | str:
    """Return what makes one deposit in the contract, or what is missing for that."""
    if find_spec("pyrevm") is None:
        return "pyrevm is not installed"
    token, facility = code_of("Token", folder), code_of("Facility", folder)
    if token is None or facility is None:
        return f"no compiled contracts in {folder.name}: make evm"
    from pyrevm import EVM, BlockEnv  # noqa: PLC0415  # it is not published for every Python

    evm = EVM()
    evm.set_block_env(BlockEnv(timestamp=FIRST_DAY * SECONDS_PER_DAY))
    lender, servicer = (show(account_of(name)) for name in ("lender", "servicer"))
    arguments = encode(["address[]", "uint256[]", "address[]"], [[lender], [10**30], []])
    asset = evm.deploy(servicer, token + arguments)
    protocol = evm.deploy(servicer, facility + encode(["address[]", "address"], [[asset], servicer]))
    approve = keccak(text="approve(address,uint256)")[:4] + encode(
        ["address", "uint256"], [protocol, EVERYTHING]
    )
    evm.message_call(lender, asset, calldata=approve)
    evm.message_call(
        servicer, protocol, calldata=encode_call(OpenFacility(asset=int(asset, 16), interest_fee=0, lender=0))
    )
    calldata = encode_call(Deposit(facility=1, amount=1_000_000, minimum_shares=0))
    return lambda: evm.message_call(lender, protocol, calldata=calldata)


def show(account: int) -> str:
    """Write an address."""
    return f"0x{account:040x}"
