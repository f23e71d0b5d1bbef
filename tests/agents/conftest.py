"""Clients of the server: in memory, and of a process of its own."""

import pytest
from asking import Ask, in_memory


@pytest.fixture
def ask() -> Ask:
    """Asks a server in memory for one tool, as a client of the SDK does."""
    return in_memory()
