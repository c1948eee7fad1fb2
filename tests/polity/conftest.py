"""Organizations that the tests of the polity start from."""

import pytest

from tests.cast import Organization

from .lists import listed  # noqa: F401  a fixture
from .tea import as_before, tea  # noqa: F401  fixtures


@pytest.fixture
def org():
    """Ada, Bo, Dee, Eve and twenty members."""
    return Organization(20)


@pytest.fixture
def small():
    """Ada, Bo, Dee and Eve alone: one seconder is enough."""
    return Organization()
