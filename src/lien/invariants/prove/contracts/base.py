"""Say what a contract is: what a function of a loan promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lien.invariants.properties.base import Kind, Property, of_kind
from lien.protocol.state import Loan
from lien.spec.types import LoanStatus

MARGIN = ("margin_day", "margin_payment", "margin_top_up")
AUCTION = ("auction_round", "auction_started_at", "auction_price")
Facts = dict[str, bool]  # by what they say


def no_lemmas(*_: Any) -> Facts:
    """Say that nothing has to be shown before the promises."""
    return {}


@dataclass(frozen=True, slots=True)
class Contract:
    """Promise what a function of a loan and further arguments returns: a loan, and perhaps something beside.

    The promises are functions of the loan before, the arguments, what is returned beside and the loan after.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Any]  # the annotations of the further arguments
    beside: type[Any] | None  # the record that is returned before the loan
    statuses: Mapping[LoanStatus, tuple[LoanStatus, ...]]  # of the loan after, by that before
    changed: tuple[str, ...]  # the fields of the loan that may change
    needs: Callable[..., Facts]  # of the loan before and the arguments
    exact: Callable[..., dict[str, int]]  # fields of the loan after that follow from the rest
    promise: Callable[..., Facts]
    lemmas: Callable[..., Facts] = no_lemmas  # shown last, and with them the promises to which they lead
    keeps: tuple[str, ...] = ()  # properties of a loan that it needs and keeps; none named: all of them

    @property
    def name(self) -> str:
        """Return the function's name."""
        return self.function.__name__

    @property
    def kept(self) -> list[Property]:
        """Return the properties of a loan that the function needs before and keeps."""
        entries = [item for item in of_kind(Kind.ENTRY) if item.over == "loans"]
        return [item for item in entries if not self.keeps or item.identifier in self.keeps]

    def answers(self, *given: Any) -> tuple[Any, Any]:
        """Return what the function itself returns beside the loan, if anything, and the loan."""
        result = self.function(*given)
        return (None, result) if self.beside is None else result


def needs_of_day(loan: Loan, day: int) -> Facts:
    """Say of which days a loan may be asked."""
    return {"the day is not before the loan's": loan.since <= day}
