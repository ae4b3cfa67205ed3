"""At which bounds terms and products are sound."""

from dataclasses import replace

import pytest

from lien.protocol.genesis import DOLLAR, build_product
from lien.protocol.soundness import is_sound_product, require_sound
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_CYCLE_LENGTH, MAXIMUM_PERIODS, MAXIMUM_QUORUM
from tests.lives import START, make_terms, reason_of


@pytest.mark.parametrize(("quorum", "sound"), [(0, False), (1, True), (MAXIMUM_QUORUM, True)])
def test_a_product_needs_a_vote(quorum: int, *, sound: bool) -> None:
    """Given a product / When its quorum is none, one or the greatest / Then it is sound from one on."""
    product = replace(build_product(DOLLAR), quorum=quorum)
    assert is_sound_product(product) is sound


@pytest.mark.parametrize(
    ("periods", "is_in_range"), [(0, False), (1, True), (MAXIMUM_PERIODS, True), (MAXIMUM_PERIODS + 1, False)]
)
def test_the_number_of_periods_is_bounded(periods: int, *, is_in_range: bool) -> None:
    """Given a number of periods / When it is one, the greatest, or beyond / Then it is in range, or not."""
    assert (
        reason_of(require_sound, make_terms(periods=periods), START) is not Reason.PERIODS_OUT_OF_RANGE
    ) is is_in_range


@pytest.mark.parametrize(
    ("length", "is_in_range"),
    [(0, False), (1, True), (MAXIMUM_CYCLE_LENGTH, True), (MAXIMUM_CYCLE_LENGTH + 1, False)],
)
def test_the_length_of_a_cycle_is_bounded(length: int, *, is_in_range: bool) -> None:
    """Given the length of a cycle / When it is one, the greatest, or beyond / Then it is in range, or not."""
    assert (
        reason_of(require_sound, make_terms(cycle_length=length), START) is not Reason.CYCLE_OUT_OF_RANGE
    ) is is_in_range
