"""Genesis is written down whole: tokens, offices and products; once to read, once for a runner."""

from dataclasses import fields

from eth_abi.abi import decode

from lien.spec.genesis import account_of
from lien.spec.product import Product
from lien.vectors.foundry import GENESIS, genesis_line
from lien.vectors.store import genesis_file, product_part
from lien.vectors.world import world


def addresses(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"0x{account_of(name):040x}" for name in names)


def test_a_runner_reads_the_genesis_of_the_world() -> None:
    """Given the line of genesis / When it is decoded / Then offices, jurisdictions and products are there."""
    genesis = world()
    ((chain, _, treasury, tokens, offices, jurisdictions, products),) = decode(
        [GENESIS], bytes.fromhex(genesis_line(genesis_file()).strip()[2:])
    )
    assert (chain, treasury) == (genesis.chain_id, *addresses((genesis.treasury,)))
    assert len(tokens) == len(genesis.assets)
    office = genesis.offices
    told = (office.guardians, office.attestors, office.reviewers, office.feeders)
    assert offices == tuple(map(addresses, told))
    assert jurisdictions == genesis.jurisdictions
    assert [product[1:] for product in products] == [
        tuple(getattr(product, item.name) for item in fields(Product))[1:] for product in genesis.products
    ]
    assert [int(product[0], 16) for product in products] == [product.asset for product in genesis.products]


def test_a_product_is_written_with_every_field() -> None:
    """Given a product / When it is written / Then numbers are decimal, by grade where there is one each."""
    product = world().products[0]
    part = product_part(product)
    assert (part.asset, part.is_open, part.allows_unsecured) == (f"0x{product.asset:040x}", True, False)
    assert part.rates == tuple(map(str, product.rates))
    assert part.maximum_days == str(product.maximum_days)
    assert sorted(type(part).model_fields) == sorted(item.name for item in fields(Product))
