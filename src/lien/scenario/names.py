"""Know accounts and assets by the names that the genesis document gives them."""

from dataclasses import dataclass, field

from lien.scenario.fault import one_of
from lien.scenario.nodes import Node
from lien.scenario.numbers import show_amount
from lien.spec.genesis import Genesis, account_of
from lien.spec.types import Quantity

PROTOCOL = "protocol"
SHOWN_DIGITS = 6  # of an account without a name


@dataclass(frozen=True)
class Names:
    """Map names to accounts and assets, and back."""

    accounts: dict[str, int] = field(default_factory=dict[str, int])
    assets: dict[str, int] = field(default_factory=dict[str, int])
    decimals: dict[str, int] = field(default_factory=dict[str, int])

    @staticmethod
    def of(genesis: Genesis) -> "Names":
        """Return the names of a genesis document; the protocol's own account is one of them."""
        return Names(
            accounts={name: account_of(name) for name in genesis.actors} | {PROTOCOL: genesis.protocol},
            assets={asset.symbol: asset.address for asset in genesis.assets},
            decimals={asset.symbol: asset.decimals for asset in genesis.assets},
        )

    def read(self, node: Node, quantity: Quantity) -> int:
        """Return the account or the asset that is named, or written as 0x and its digits."""
        known, kind = (
            (self.assets, "an asset") if quantity.names == "asset" else (self.accounts, "an account")
        )
        if isinstance(node.content, str) and node.content in known:
            return known[node.content]
        text = node.text(one_of(kind, "", tuple(known)))
        try:
            found = quantity.parse(text) if text.startswith("0x") else None
        except ValueError:
            raise node.wrong(f"0x and {quantity.digits} hexadecimal digits") from None
        if not isinstance(found, int):
            raise node.wrong(one_of(kind, text, tuple(known)))
        return found

    def account(self, account: int) -> str:
        """Return the name of an account, or how its address begins."""
        return self.find(self.accounts, account) or short_address(account)

    def written(self, account: int) -> str:
        """Return the name of an account, or its address, as `read` takes them."""
        return self.find(self.accounts, account) or f"0x{account:040x}"

    def symbol(self, asset: int) -> str:
        """Return the symbol of an asset, or how its address begins."""
        return self.find(self.assets, asset) or short_address(asset)

    def amount(self, amount: int, asset: int) -> str:
        """Return an amount in whole tokens, with its symbol."""
        symbol = self.symbol(asset)
        if symbol not in self.decimals:
            return f"{amount:,} units of {symbol}"
        return f"{show_amount(amount, self.decimals[symbol])} {symbol}"

    @staticmethod
    def find(known: dict[str, int], number: int) -> str:
        """Return the name of a number, or nothing."""
        return next((name for name, value in known.items() if value == number), "")


def short_address(number: int) -> str:
    """Return how an address begins; nobody has the address zero."""
    return f"0x{number:040x}"[: 2 + SHOWN_DIGITS] + "..." if number else "nobody"
