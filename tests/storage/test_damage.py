"""Not one bit of the practice file changes without being noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.storage import checks, place
from clinic.storage.opening import open_vault
from clinic.storage.vault import Vault
from clinic.values import Trouble
from tests.storage.cabinet import DATA_KEY

if TYPE_CHECKING:
    import random
    from pathlib import Path


def noticed(path: Path) -> bool:
    """Open it and check it as `verify` does, and tell whether anybody objected."""
    vault = Vault(path, DATA_KEY)
    try:
        return not all(finding.ok for finding in checks.of_file(vault))
    finally:
        vault.close()


def test_a_sound_file_raises_no_alarm(path: Path) -> None:
    assert not noticed(path)


@pytest.mark.sweep(1000)
def test_one_flipped_bit_anywhere_is_noticed(path: Path, rounds: int, dice: random.Random) -> None:
    whole = path.read_bytes()
    for _ in range(rounds):
        at = dice.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
        assert noticed(path), at


@pytest.mark.sweep(200)
def test_a_file_cut_short_is_noticed(path: Path, rounds: int, dice: random.Random) -> None:
    whole = path.read_bytes()
    for _ in range(rounds):
        length = dice.randrange(1, len(whole))
        path.write_bytes(whole[:length])
        assert noticed(path), length


@pytest.mark.sweep(200)
def test_two_pages_that_changed_places_are_noticed(path: Path, rounds: int, dice: random.Random) -> None:
    whole, page = path.read_bytes(), 4096
    for _ in range(rounds):
        one, two = dice.sample(range(len(whole) // page), 2)
        pages = [whole[at : at + page] for at in range(0, len(whole), page)]
        pages[one], pages[two] = pages[two], pages[one]
        path.write_bytes(b"".join(pages))
        assert noticed(path), (one, two)


def test_a_folder_that_may_not_be_entered_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(place, "check_live", refuse)
    with pytest.raises(Trouble) as trouble:
        open_vault(path, DATA_KEY)
    assert trouble.value.code == "no_permission"
