"""Who can open the practice, and how it stays openable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from argon2.exceptions import HashingError

from clinic.storage import keyring, keys, tries
from clinic.storage.keyring import FLOOR, Cost
from clinic.storage.keys import Person
from clinic.values import Refusal, StaffId, Trouble
from tests.storage.cabinet import ANOTHER, CHEAP, DATA_KEY, OWNER, PASSWORD, names_of

if TYPE_CHECKING:
    import random
    from pathlib import Path

JUN = Person(StaffId("second"), "Jun Park")


@pytest.fixture
def recovery(tmp_path: Path) -> str:
    return keys.create(
        tmp_path / "p.clinic", DATA_KEY, staff=OWNER.staff, name=OWNER.name, password=PASSWORD, cost=CHEAP
    )


def said(trouble: pytest.ExceptionInfo[Trouble] | pytest.ExceptionInfo[Refusal]) -> str:
    return trouble.value.code


def outcome(path: Path) -> str:
    try:
        keys.unlock(path, None, PASSWORD)
    except Trouble as trouble:
        return trouble.code
    return "opened"


def test_the_right_password_opens(path: Path) -> None:
    assert keys.unlock(path, OWNER.name, PASSWORD) == keys.Unlocked(DATA_KEY, OWNER)


def test_a_name_is_known_in_any_case_and_may_be_left_out_where_there_is_one(path: Path) -> None:
    assert keys.unlock(path, "mirela ODUYA", PASSWORD).person == OWNER
    assert keys.unlock(path, None, PASSWORD).person == OWNER


def test_where_several_can_sign_in_a_name_is_needed(path: Path) -> None:
    keys.set_password(path, DATA_KEY, person=JUN, password=ANOTHER, cost=CHEAP)
    assert keys.people(path) == (OWNER, JUN)
    with pytest.raises(Trouble) as trouble:
        keys.unlock(path, None, PASSWORD)
    assert said(trouble) == "who_is_it"
    assert keys.unlock(path, JUN.name, ANOTHER).person == JUN


def test_a_wrong_password_an_unknown_person_and_a_missing_file_are_told_apart(path: Path) -> None:
    for name, password, code in (
        (OWNER.name, ANOTHER, "wrong_password"),
        (OWNER.name, "\udcff not text at all", "wrong_password"),
        ("Nobody Here", PASSWORD, "unknown_person"),
    ):
        with pytest.raises(Trouble) as trouble:
            keys.unlock(path, name, password)
        assert said(trouble) == code
    with pytest.raises(Trouble) as trouble:
        keys.unlock(path.with_name("none.clinic"), None, PASSWORD)
    assert said(trouble) == "no_practice"
    alone = path.with_name("alone.clinic")
    alone.write_bytes(path.read_bytes() if path.is_file() else b"pages")
    with pytest.raises(Trouble) as trouble:
        keys.unlock(alone, None, PASSWORD)
    assert said(trouble) == "key_file_missing"


def test_damage_of_both_key_files_never_looks_like_a_wrong_password(path: Path, dice: random.Random) -> None:
    whole = keyring.key_file(path).read_bytes()
    for _ in range(200):
        at = dice.randrange(len(whole))
        damaged = whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
        for file in (keyring.key_file(path), keyring.second_copy(path)):
            file.write_bytes(damaged)
        assert outcome(path) in {"opened", "key_file_damaged"}, at


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"1"])
def test_what_is_no_key_file_is_damage(content: bytes) -> None:
    with pytest.raises(Trouble) as trouble:
        keyring.parse(content)
    assert said(trouble) == "key_file_damaged"


def test_one_damaged_or_lost_copy_is_mended_by_the_other(path: Path) -> None:
    first, second = keyring.key_file(path), keyring.second_copy(path)
    whole = first.read_bytes()
    first.write_bytes(whole[:100])
    assert keys.unlock(path, None, PASSWORD).data_key == DATA_KEY
    assert first.read_bytes() == whole
    second.unlink()
    assert keys.unlock(path, None, PASSWORD).data_key == DATA_KEY
    assert second.read_bytes() == whole


@pytest.mark.parametrize(
    ("field", "other"),
    [("staff", "second"), ("id", "0" * 16), ("wrapped", "AAAA"), ("nonce", "AAAAAAAAAAAAAAAA")],
)
def test_a_slot_that_somebody_edited_is_damage_and_no_wrong_password(
    path: Path, field: str, other: str
) -> None:
    ring = json.loads(keyring.key_file(path).read_text())
    ring["slots"][0][field] = other
    del ring["sha256"]
    ring["sha256"] = keyring._digest(ring)
    forged = keyring.parse(json.dumps(ring).encode())
    keyring.write(path, forged)
    with pytest.raises(Trouble) as trouble:
        keys.unlock(path, None, PASSWORD)
    assert said(trouble) == "key_file_damaged"


def test_the_newer_of_two_copies_counts(path: Path) -> None:
    old = keyring.second_copy(path).read_bytes()
    keys.change_password(path, None, PASSWORD, ANOTHER)
    keyring.second_copy(path).write_bytes(old)
    with pytest.raises(Trouble):
        keys.unlock(path, None, PASSWORD)
    assert keys.unlock(path, None, ANOTHER).data_key == DATA_KEY
    assert keyring.second_copy(path).read_bytes() != old


def test_another_password_keeps_the_data_key_and_ends_the_old_one(path: Path) -> None:
    keys.change_password(path, None, PASSWORD, ANOTHER)
    assert keys.unlock(path, None, ANOTHER).data_key == DATA_KEY
    with pytest.raises(Trouble) as trouble:
        keys.unlock(path, None, PASSWORD)
    assert said(trouble) == "wrong_password"


def test_a_weak_new_password_changes_nothing(path: Path) -> None:
    before = keyring.key_file(path).read_bytes()
    with pytest.raises(Refusal) as refusal:
        keys.change_password(path, None, PASSWORD, "short")
    assert said(refusal) == "password_too_short"
    assert keyring.key_file(path).read_bytes() == before


def test_who_leaves_opens_nothing_any_more_and_the_last_one_stays(path: Path) -> None:
    keys.set_password(path, DATA_KEY, person=JUN, password=ANOTHER, cost=CHEAP)
    keys.remove_person(path, DATA_KEY, JUN.staff)
    assert keys.people(path) == (OWNER,)
    with pytest.raises(Refusal) as refusal:
        keys.remove_person(path, DATA_KEY, OWNER.staff)
    assert said(refusal) == "last_person"


def test_the_key_of_another_practice_changes_no_slot(path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        keys.set_password(path, bytes(32), person=JUN, password=ANOTHER, cost=CHEAP)
    assert said(trouble) == "other_practice"


def test_the_recovery_key_opens_however_it_is_typed(tmp_path: Path, recovery: str) -> None:
    path = tmp_path / "p.clinic"
    assert len(recovery.split("-")) == 8
    for typed in (recovery, recovery.lower().replace("-", " "), recovery.replace("O", "0").replace("I", "1")):
        assert keys.unlock_recovery(path, typed) == DATA_KEY


def test_a_slip_in_the_recovery_key_is_told_from_a_wrong_key(tmp_path: Path, recovery: str) -> None:
    path = tmp_path / "p.clinic"
    slip = ("B" if recovery[0] == "A" else "A") + recovery[1:]
    for typed in (slip, recovery[:-1], "", "ABCD", recovery + "AAAA", "9" * 32):
        with pytest.raises(Refusal) as refusal:
            keys.unlock_recovery(path, typed)
        assert said(refusal) == "recovery_key_mistyped"
    another = keys.new_recovery(path, DATA_KEY, CHEAP)
    assert keys.unlock_recovery(path, another) == DATA_KEY
    with pytest.raises(Trouble) as trouble:
        keys.unlock_recovery(path, recovery)
    assert said(trouble) == "wrong_recovery_key"
    assert keys.unlock(path, None, PASSWORD).data_key == DATA_KEY


def test_keys_without_their_practice_are_put_aside_and_never_overwritten(
    tmp_path: Path, recovery: str
) -> None:
    path = tmp_path / "p.clinic"
    old = keyring.key_file(path).read_bytes()
    keys.create(path, bytes(32), staff=OWNER.staff, name=OWNER.name, password=ANOTHER, cost=CHEAP)
    assert recovery
    assert keyring.key_file(path).read_bytes() != old
    assert tmp_path.joinpath("p.clinic.keys.old-1").read_bytes() == old


def test_the_keys_of_a_practice_that_is_there_stay(path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        keys.create(path, DATA_KEY, staff=OWNER.staff, name=OWNER.name, password=PASSWORD, cost=CHEAP)
    assert said(trouble) == "already_there"


def test_a_password_never_costs_less_than_the_floor() -> None:
    with pytest.raises(ValueError, match="floor"):
        Cost(FLOOR.memory_kib - 1, 3, 4)
    assert keys.DEFAULT.memory_kib == 256 * 1024


def test_the_cost_is_raised_until_a_try_takes_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.0, 0.1])
    monkeypatch.setattr(keys, "_derive", lambda *_: (b"", b""))
    monkeypatch.setattr("time.perf_counter", lambda: next(seconds))
    assert keys.calibrated() == Cost(256 * 1024, 15, 4)


def test_a_machine_short_of_memory_gets_what_it_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    def derive(_secret: str, _salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
        if cost.memory_kib > 64 * 1024:
            raise HashingError
        return b"", b""

    seconds = iter([0.0, 0.0, 0.0, 1.0])
    monkeypatch.setattr(keys, "_derive", derive)
    monkeypatch.setattr("time.perf_counter", lambda: next(seconds))
    assert keys.calibrated() == FLOOR


def test_five_wrong_passwords_are_free_and_then_each_one_doubles_the_wait(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    waits = []
    for _ in range(9):
        with pytest.raises(Trouble) as trouble:
            keys.unlock(path, None, ANOTHER)
        if said(trouble) == "too_many_tries":
            waits.append(int(str(trouble.value.facts["seconds"])))
            now += waits[-1]
            with pytest.raises(Trouble) as trouble:
                keys.unlock(path, None, ANOTHER)
        assert said(trouble) == "wrong_password"
    assert waits == [1, 2, 4, 8]
    now += 16
    keys.unlock(path, None, PASSWORD)
    assert ".tries" not in names_of(path)


def test_a_command_waits_by_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.time", lambda: 50.0)
    monkeypatch.setattr("time.sleep", slept.append)
    for _ in range(6):
        with pytest.raises(Trouble):
            keys.unlock(path, None, ANOTHER, patient=True)
    keys.unlock(path, None, PASSWORD, patient=True)
    assert slept == [1.0, 2.0]


def test_a_clock_set_back_locks_nobody_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries._write(path, {slot.id: (40, 9e12) for slot in keyring.read(path).slots})
    monkeypatch.setattr("time.time", lambda: 0.0)
    with pytest.raises(Trouble) as trouble:
        keys.unlock(path, None, PASSWORD)
    assert trouble.value.facts == {"seconds": 300}


def test_a_damaged_count_of_tries_counts_as_none(path: Path) -> None:
    path.with_name(f"{path.name}.tries").write_bytes(b"\x00[")
    assert keys.unlock(path, None, PASSWORD).data_key == DATA_KEY
