"""Run examples before random ones, as a plugin of pytest: most mutants then fall within a moment."""

import pytest
from hypothesis import is_hypothesis_test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests by hypothesis last."""
    items.sort(key=lambda item: is_hypothesis_test(getattr(item, "obj", None)))
