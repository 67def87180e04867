"""The real door: a practice is made, left, and entered again, by password and by recovery key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.values import Refusal, Trouble
from ui.alone import Alone
from ui.app import _named
from ui.door import WAY_IN, Door
from ui.front import Arrival, Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PASSWORD = "linen harbor otter quiet maple"
WANTED = Wanted("Fern & Harbor", "Maren Okafor", "America/Los_Angeles", PASSWORD)


def test_a_practice_is_made_left_and_entered_again(tmp_path: Path) -> None:
    door = Door(tmp_path / "practice.clinic")
    assert door.arrival() == Arrival.CHOICES
    made = door.set_up(WANTED)
    seat = made.finish()
    assert (seat.practice, seat.person) == ("Fern & Harbor", "Maren Okafor")
    assert seat.desk.reading(lambda work: seat.find(work, "inês")) == ()
    assert seat.standing().backed_up is None
    assert seat.back_up()
    assert seat.standing().backed_up is not None
    assert not seat.back_up()
    seat.desk.close()
    assert door.arrival() == Arrival.SIGN_IN
    assert door.people() == ("Maren Okafor",)
    with pytest.raises(Trouble):
        door.sign_in("Maren Okafor", "not the password at all")
    door.sign_in("Maren Okafor", PASSWORD).desk.close()
    changed = "another quiet maple otter linen"
    door.recover(made.recovery_key, changed).desk.close()
    door.sign_in("Maren Okafor", changed).desk.close()


def test_a_short_password_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    door = Door(tmp_path / "practice.clinic")
    with pytest.raises(Refusal):
        door.set_up(Wanted("Fern & Harbor", "Maren Okafor", "America/Los_Angeles", "short"))
    assert door.arrival() == Arrival.CHOICES


def test_six_words_are_suggested_and_the_machines_zone_is_known(tmp_path: Path) -> None:
    door = Door(tmp_path / "practice.clinic")
    assert len(door.suggest().split()) == 6
    assert "/" in door.time_zone() or door.time_zone() == "UTC"


def test_a_portable_file_asks_for_a_practice_first(tmp_path: Path) -> None:
    assert Door(tmp_path / "practice.clinic").open(tmp_path / "brought.json") == Arrival.SET_UP


def test_the_demos_page_names_the_owner_first() -> None:
    page = "A made-up practice.\n\nMaren Okafor (owner) password: one two three\nYuki (therapist) password: four\n"
    found = WAY_IN.search(page)
    assert found is not None
    assert found.groups() == ("Maren Okafor", "one two three")


def test_a_second_start_knocks_at_the_window_that_is_open(qtbot: QtBot, tmp_path: Path) -> None:
    first = Alone(tmp_path / "practice.clinic", tmp_path / "places")
    second = Alone(tmp_path / "practice.clinic", tmp_path / "places")
    other = Alone(tmp_path / "other.clinic", tmp_path / "places")
    assert first.claim()
    assert other.claim()
    with qtbot.waitSignal(first.knocked):
        assert not second.claim()
    first.leave()
    other.leave()
    assert second.claim()
    second.leave()


def test_the_practice_is_named_by_a_word_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _named([]) is None
    assert _named(["--window", "--practice", str(tmp_path)]) == tmp_path
    monkeypatch.setenv("CLINIC_PRACTICE", str(tmp_path / "mine"))
    assert _named(["--window"]) == tmp_path / "mine"
