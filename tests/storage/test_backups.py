"""A backup is one file that opens by itself, and is not called done before it was checked."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clinic.storage import backup, disk, envelope, keyring, keys, trail
from clinic.storage.vault import Vault
from clinic.values import Stopped, Trouble
from tests.storage.cabinet import ANOTHER, DATA_KEY, OWNER, PASSWORD, WHEN, insert, issue, value

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from sqlalchemy import Connection


def litter(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if disk.ASIDE in file.name]


def test_a_backup_holds_all_and_says_what_it_holds(vault: Vault) -> None:
    issue(vault, 1)
    copy = backup.back_up(vault, at=WHEN)
    papers = backup.inspect(copy.path)
    assert (papers.practice, papers.sequence, papers.taken_at) == (vault.fingerprint, 1, WHEN)
    assert papers.numbers == {("R", 2026): 1}
    assert papers.head.sequence == 2
    assert copy.path.parent == backup.own_folder(vault.path)
    assert [file.name for file in copy.path.parent.iterdir()] == [copy.path.name]


def test_a_backup_opens_with_the_password_of_its_day(vault: Vault) -> None:
    copy = backup.back_up(vault, at=WHEN)
    keys.change_password(vault.path, None, PASSWORD, ANOTHER)
    assert backup.unlock(copy.path, OWNER.name, PASSWORD).data_key == DATA_KEY
    with pytest.raises(Trouble) as trouble:
        backup.unlock(copy.path, OWNER.name, ANOTHER)
    assert trouble.value.code == "wrong_password"


def test_a_backup_opens_with_the_recovery_key_of_its_day(vault: Vault) -> None:
    from tests.storage.cabinet import CHEAP  # noqa: PLC0415 - the only use

    recovery = keys.new_recovery(vault.path, DATA_KEY, CHEAP)
    copy = backup.back_up(vault, at=WHEN)
    assert backup.unlock_recovery(copy.path, recovery) == DATA_KEY


def test_a_backup_holds_one_moment_while_others_write(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(opened, "rooms", id="big", name="x" * 5_000_000, version=1)
    seen: list[int] = []

    def others_write(done: int, _of: int) -> None:
        seen.append(done)
        with vault.connect() as opened, opened.begin():
            insert(opened, "rooms", id=f"r{done}", name="Late", version=1)

    copy = backup.back_up(vault, at=WHEN, progress=others_write)
    assert seen == sorted(set(seen))
    assert len(seen) > 1
    taken = vault.path.parent / "taken.clinic"
    envelope.take_out(copy.path, backup.inspect(copy.path), taken)
    assert value(Vault(taken, DATA_KEY), "SELECT count(*) FROM rooms") == 2


def test_a_backup_that_is_stopped_leaves_nothing(vault: Vault) -> None:
    def stop(_done: int, _of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        backup.back_up(vault, at=WHEN, progress=stop)
    assert list(backup.own_folder(vault.path).iterdir()) == []


def test_backups_are_numbered_on_wherever_they_go(vault: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    made = [backup.back_up(vault, folder, at=WHEN) for folder in (None, stick, None, stick)]
    assert [copy.sequence for copy in made] == [1, 2, 2, 3]
    assert [copy.sequence for copy in backup.copies(stick, vault.fingerprint)] == [2, 3]
    assert backup.copies(stick, "00000000") == ()
    assert backup.copies(tmp_path / "none", vault.fingerprint) == ()


def test_another_practices_backups_are_not_ours_to_thin(vault: Vault) -> None:
    folder = backup.own_folder(vault.path)
    folder.mkdir()
    others = [folder / f"practice-00000000-{n:06}-20200101T000000Z.backup" for n in range(1, 200)]
    ours = [folder / f"practice-{vault.fingerprint}-{n:06}-20200101T000000Z.backup" for n in range(1, 200)]
    for path in (*others, *ours):
        path.touch()
    backup.back_up(vault, at=WHEN)
    assert all(path.exists() for path in others)
    assert [path for path in ours if path.exists()] == ours[-1:]


def test_a_damaged_practice_is_not_backed_up(vault: Vault) -> None:
    earlier = backup.back_up(vault, at=WHEN)
    with closing(vault.raw()) as opened:
        opened.execute("DROP TRIGGER audit_no_delete")
        opened.execute("DELETE FROM audit")
    with pytest.raises(Trouble) as trouble:
        backup.back_up(vault, at=WHEN)
    assert (trouble.value.code, trouble.value.facts) == ("damaged_file", {"checks": ["guards"]})
    assert list(backup.own_folder(vault.path).iterdir()) == [earlier.path]


def test_without_its_keys_a_backup_would_be_worth_nothing(vault: Vault) -> None:
    keyring.key_file(vault.path).unlink()
    keyring.second_copy(vault.path).unlink()
    with pytest.raises(Trouble) as trouble:
        backup.back_up(vault, at=WHEN)
    assert trouble.value.code == "key_file_missing"


def test_a_backup_that_reads_back_otherwise_is_not_kept(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = envelope.attach
    monkeypatch.setattr(envelope, "attach", lambda *given: real(*given)[::-1])
    with pytest.raises(Trouble) as trouble:
        backup.back_up(vault, at=WHEN)
    assert trouble.value.code == "disk_error"
    assert list(backup.own_folder(vault.path).iterdir()) == []


@pytest.mark.sweep(1000)
def test_one_flipped_bit_anywhere_is_noticed(vault: Vault, rounds: int, dice: random.Random) -> None:
    copy = backup.back_up(vault, at=WHEN).path
    whole = copy.read_bytes()
    taken = copy.with_name("taken")
    for _ in range(rounds):
        at = dice.randrange(len(whole))
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
        with pytest.raises(Trouble) as trouble:
            envelope.take_out(copy, backup.inspect(copy), taken)
        assert trouble.value.code == "damaged_backup", at


@pytest.mark.sweep(200)
def test_a_backup_cut_short_is_noticed(vault: Vault, rounds: int, dice: random.Random) -> None:
    copy = backup.back_up(vault, at=WHEN).path
    whole = copy.read_bytes()
    for length in (0, 1, 50, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(rounds))):
        copy.write_bytes(whole[:length])
        with pytest.raises(Trouble) as trouble:
            backup.inspect(copy)
        assert trouble.value.code == "damaged_backup", length


def test_papers_written_without_the_key_are_noticed(vault: Vault) -> None:
    copy = backup.back_up(vault, at=WHEN).path
    envelope.check_seal(copy, DATA_KEY)
    with pytest.raises(Trouble) as trouble:
        envelope.check_seal(copy, bytes(32))
    assert trouble.value.code == "damaged_backup"


@pytest.mark.parametrize("content", [{}, {"size": 0}, {"size": 0, "keys": 1}])
def test_a_foot_under_nonsense_is_damage(tmp_path: Path, content: dict[str, int]) -> None:
    import hashlib  # noqa: PLC0415 - the only use

    sealed = json.dumps(content).encode()
    file = tmp_path / "x.backup"
    file.write_bytes(
        sealed + len(sealed).to_bytes(8, "big") + hashlib.sha256(sealed).digest() + envelope.MAGIC
    )
    with pytest.raises(Trouble) as trouble:
        backup.inspect(file)
    assert trouble.value.code == "damaged_backup"


def test_a_backup_walks_only_the_trail_that_the_last_one_did_not(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(vault, 1)
    backup.back_up(vault, at=WHEN)
    issue(vault, 2)
    walked: list[int] = []
    real = trail.walk

    def walk(opened: Connection, key: bytes, since: tuple[int, bytes] = (0, trail.FIRST_SEAL)) -> trail.Chain:
        walked.append(since[0])
        return real(opened, key, since)

    monkeypatch.setattr(trail, "walk", walk)
    second = backup.back_up(vault, at=WHEN)
    assert walked == [2]
    assert backup.inspect(second.path).head.sequence == 3
    second.path.write_bytes(b"spoilt")
    backup.back_up(vault, at=WHEN)
    assert walked == [2, 0]


def test_a_changed_trail_is_not_backed_up_even_behind_a_good_backup(vault: Vault) -> None:
    issue(vault, 1)
    backup.back_up(vault, at=WHEN)
    issue(vault, 2)
    with closing(vault.raw()) as opened:
        guard = opened.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_no_update'").fetchone()[0]
        opened.execute("DROP TRIGGER audit_no_update")
        opened.execute("UPDATE audit SET person = 'second' WHERE sequence = 3")
        opened.execute(guard)
    with pytest.raises(Trouble) as trouble:
        backup.back_up(vault, at=WHEN)
    assert trouble.value.facts == {"checks": ["trail"]}


def test_a_backup_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        backup.inspect(tmp_path / "none.backup")
    assert trouble.value.code == "no_such_file"


def test_a_backup_is_due_an_hour_after_the_last_if_something_changed(vault: Vault) -> None:
    assert backup.due(vault, WHEN)
    backup.back_up(vault, at=WHEN)
    assert not backup.due(vault, WHEN + timedelta(hours=2))
    issue(vault, 1)
    assert not backup.due(vault, WHEN + timedelta(minutes=59))
    assert backup.due(vault, WHEN + timedelta(hours=1))
    assert backup.due(vault, WHEN - timedelta(days=400)), "a clock set back must not stop the backups"


def test_a_full_disk_stops_a_backup_and_nothing_else(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(envelope, "attach", full)
    with pytest.raises(Trouble) as trouble:
        backup.back_up(vault, at=WHEN)
    assert trouble.value.code == "disk_full"
    assert litter(vault.path.parent) == []
    assert value(vault, "SELECT count(*) FROM clients") == 1
    monkeypatch.undo()
    assert backup.back_up(vault, at=WHEN).sequence == 1
