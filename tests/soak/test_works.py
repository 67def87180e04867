"""A piece of work that fails in the midst says why, and lets go of the file."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import booking
from clinic.storage import connection, keys
from clinic.values import ClientId, Refusal, StaffId, TreatmentId, Trouble
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

MANY = 20
"""More than the pool lends connections at a time."""


@pytest.fixture
def desk(fresh_practice: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = practices.sit_down(practices.copied(fresh_practice, tmp_path / "works"))
    yield opened
    opened.close()


def book(desk: Desk, hour: int = 9) -> None:
    task = partial(
        booking.book,
        client=ClientId("c-own"),
        treatment=TreatmentId("t-60"),
        staff=StaffId("s-therapist"),
        at=datetime(2027, 1, 4, hour),
    )
    desk.writing(task)


def test_what_the_file_refuses_comes_out_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    book(desk)
    monkeypatch.setattr(booking, "_refuse_taken", lambda *_: None)
    for _ in range(MANY):
        with pytest.raises(Refusal) as refused:
            book(desk)
        assert (refused.value.code, refused.value.facts) == ("slot_taken", {"by": "staff"})
    book(desk, hour=11)


def test_who_waits_in_vain_gives_the_connection_back(
    fresh_practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    desk = practices.sit_down(practices.copied(fresh_practice, tmp_path / "works"))
    somebody = desk.vault.raw()
    somebody.execute("BEGIN IMMEDIATE")
    for _ in range(MANY):
        with pytest.raises(Trouble) as troubled:
            book(desk)
        assert troubled.value.code == "in_use"
    somebody.execute("ROLLBACK")
    somebody.close()
    book(desk)
    desk.close()


def test_a_password_changed_while_somebody_signs_in_stays_changed(
    fresh_practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = practices.copied(fresh_practice, tmp_path / "works")
    real, new = keys.unlock_ring, "saddle prism copper lagoon twelve ivy"

    def slowly(*given: Any, **named: Any) -> keys.Unlocked:
        unlocked = real(*given, **named)
        monkeypatch.setattr(keys, "unlock_ring", real)
        keys.change_password(path, practices.PEOPLE["s-desk"], practices.PASSWORD, new)
        return unlocked

    monkeypatch.setattr(keys, "unlock_ring", slowly)
    practices.sit_down(path).close()
    assert keys.unlock(path, practices.PEOPLE["s-desk"], new).person.staff == "s-desk"
