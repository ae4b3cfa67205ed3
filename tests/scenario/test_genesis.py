"""A scenario begins with the usual genesis document, with changes to it, or with one in full."""

from lien.protocol.genesis import build_genesis, build_product
from lien.scenario.document import read_scenario
from lien.scenario.nodes import read_yaml
from lien.spec.genesis import Genesis
from lien.spec.units import WAD

CALLS = """\
title: A test
calls:
  - {call: transfer, sender: %s, at: 2024-01-01, asset: %s, recipient: %s, amount: 1}
"""
IN_FULL = """\
genesis:
  chain_id: 10
  protocol: "0x11e0000000000000000000000000000000000001"
  treasury: bank
  actors: [bank, ann, bob]
  assets:
    - symbol: GOLD
      address: "0x6010000000000000000000000000000000000001"
      decimals: 2
      balances: {ann: "1,000.50 GOLD", bob: 7}
      refuses: [bob]
  council: {members: [ann], threshold: 1}
  products:
    - {asset: GOLD, quorum: 1, rates: {A: 1 %, B: 2 %, C: 3 %, D: 4 %}}
"""


def genesis_of(text: str, sender: str = "lender", asset: str = "dUSD") -> Genesis:
    """Return the document of a scenario."""
    return read_scenario(read_yaml(CALLS % (sender, asset, sender) + text)).genesis


def test_without_one_it_is_the_usual_document() -> None:
    """Given no document, or the word for the usual one / When read / Then it is the builder's."""
    assert genesis_of("") == genesis_of("genesis: defaults\n") == build_genesis()


def test_changes_go_to_the_builder() -> None:
    """Given changes / When read / Then the document is the builder's, with these."""
    changed = genesis_of(
        "genesis:\n  defaults:\n    dollars: 5,000 dUSD\n    ether: 3\n"
        "    actors: [treasury, lender]\n    refuses: {dETH: [lender]}\n"
    )
    assert changed == build_genesis(
        dollars=5_000 * 10**6, ether=3, actors=("treasury", "lender"), refuses={"dETH": ("lender",)}
    )


def test_a_document_may_be_written_in_full() -> None:
    """Given a document in full / When read / Then amounts, percentages and symbols are as in calls."""
    written = genesis_of(IN_FULL, "ann", "GOLD")
    gold = 0x6010 << 144 | 1
    assert written == Genesis.model_validate(
        {
            "chain_id": 10,
            "protocol": "0x11e0000000000000000000000000000000000001",
            "treasury": "bank",
            "actors": ("bank", "ann", "bob"),
            "assets": (
                {
                    "symbol": "GOLD",
                    "address": gold,
                    "decimals": 2,
                    "balances": {"ann": 100_050, "bob": 7},
                    "refuses": ("bob",),
                },
            ),
            "council": {"members": ("ann",), "threshold": 1},
            "products": (
                build_product(gold, quorum=1, rates=tuple(number * WAD // 100 for number in (1, 2, 3, 4))),
            ),
        }
    )
