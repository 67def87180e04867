"""A practice that is made once and copied for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.storage.opening import open_vault
from tests.storage.cabinet import DATA_KEY, a_copy, a_practice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.storage.vault import Vault


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_practice(tmp_path_factory.mktemp("model"))


@pytest.fixture
def path(model: Path, tmp_path: Path) -> Path:
    """A closed practice of the test's own."""
    return a_copy(model, tmp_path)


@pytest.fixture
def vault(path: Path) -> Iterator[Vault]:
    """The same practice, opened."""
    opened = open_vault(path, DATA_KEY)
    yield opened
    opened.close()
