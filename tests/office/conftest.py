"""Practices for the tests of the office's tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk


@pytest.fixture(scope="session")
def full_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with something in every list; copied, never used itself."""
    return practices.make(tmp_path_factory.mktemp("full"), practices.a_full_document())


@pytest.fixture(scope="session")
def fresh_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with staff, treatments and two clients; copied, never used itself."""
    return practices.make(tmp_path_factory.mktemp("fresh"))


@pytest.fixture
def desk(fresh_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    """The owner's place at a fresh practice."""
    opened = practices.sit_down(practices.copied(fresh_practice, tmp_path / "fresh"))
    yield opened
    opened.close()


@pytest.fixture
def full_desk(full_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    """The owner's place at a practice with something in every list."""
    opened = practices.sit_down(practices.copied(full_practice, tmp_path / "full"))
    yield opened
    opened.close()
