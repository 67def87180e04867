"""Practices that the programs of this folder copy; made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import aged, practices

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def fresh_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with staff, treatments and two clients."""
    return practices.make(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="session")
def full_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with something in every list."""
    return practices.make(tmp_path_factory.mktemp("full"), practices.a_full_document())


@pytest.fixture(scope="session")
def aged_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice in which one client's time is over."""
    return aged.make(tmp_path_factory.mktemp("aged"))
