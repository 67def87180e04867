"""A backup comes back whole, the old file is kept, and no number is given twice."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clinic.storage import backup, checks, connection, envelope, keyring, keys, marks, restore
from clinic.storage.opening import open_vault
from clinic.storage.vault import Vault
from clinic.values import Trouble
from tests.storage.cabinet import (
    ANOTHER,
    DATA_KEY,
    PASSWORD,
    STAMP,
    WHEN,
    a_copy,
    book,
    insert,
    issue,
    names_of,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clinic.storage.restore import Restored


def restored(file: Path, to: Path) -> Restored:
    return restore.restore(file, to, DATA_KEY, STAMP, reason="The laptop was dropped")


def code_of(failing: Callable[[], object]) -> str:
    with pytest.raises(Trouble) as trouble:
        failing()
    return trouble.value.code


@pytest.fixture
def taken(vault: Vault) -> Path:
    """A backup made after receipt 1; then receipts 2 and 3, and an appointment, are lost."""
    issue(vault, 1)
    copy = backup.back_up(vault, at=WHEN)
    issue(vault, 2)
    issue(vault, 3)
    with vault.connect() as opened, opened.begin():
        book(opened, "a", 600, 660)
    vault.close()
    return copy.path


def test_what_would_be_lost_is_said_before(taken: Path, path: Path) -> None:
    assert restore.foresee(taken, path, DATA_KEY) == restore.Loss(2, 2, WHEN.isoformat())
    assert restore.foresee(taken, path.with_name("none.clinic"), DATA_KEY) is None


def test_the_backup_takes_the_place_and_the_old_file_is_kept(taken: Path, path: Path) -> None:
    result = restored(taken, path)
    assert result.loss == restore.Loss(2, 2, WHEN.isoformat())
    assert result.old is not None
    vault, old = open_vault(path, DATA_KEY), Vault(result.old, DATA_KEY)
    assert value(vault, "SELECT count(*) FROM appointments") == 0
    assert value(old, "SELECT count(*) FROM appointments") == 1
    assert all(finding.ok for finding in checks.of_practice(vault))
    vault.close()
    old.close()


def test_d31_no_number_is_given_twice_after_a_restore_and_the_trail_holds(taken: Path, path: Path) -> None:
    restored(taken, path)
    vault = open_vault(path, DATA_KEY)
    assert value(vault, "SELECT last FROM counters WHERE series = 'R' AND year = 2026") == 3
    with closing(vault.raw()) as opened:
        assert checks.skipped(opened) == {"counters/R/2026": 2}
    issue(vault, 4)
    assert all(finding.ok for finding in checks.of_practice(vault))
    vault.close()


def test_the_mark_alone_is_enough_to_know_the_numbers(taken: Path, path: Path) -> None:
    path.unlink()
    assert restored(taken, path).old is None
    vault = open_vault(path, DATA_KEY)
    assert marks.numbers_in(vault.raw()) == {("R", 2026): 3}
    vault.close()


def test_the_file_in_place_is_enough_where_the_mark_is_lost(taken: Path, path: Path) -> None:
    marks.file(path).unlink()
    restored(taken, path)
    vault = open_vault(path, DATA_KEY)
    assert marks.numbers_in(vault.raw()) == {("R", 2026): 3}
    vault.close()


@pytest.mark.parametrize("forged", [None, b"", b"{}", b'{"numbers": {}, "trail": 0, "seal": "00"}'])
def test_where_nobody_knows_the_numbers_another_series_begins(
    taken: Path, path: Path, forged: bytes | None
) -> None:
    path.unlink()
    if forged is None:
        marks.file(path).unlink()
    else:
        marks.file(path).write_bytes(forged)
    restored(taken, path)
    vault = open_vault(path, DATA_KEY)
    assert marks.numbers_in(vault.raw()) == {("R", 2026): 1, ("RB", 2026): 0, ("CB", 2026): 0}
    issue(vault, 1, series="RB")
    assert all(finding.ok for finding in checks.of_practice(vault))
    vault.close()


def test_lost_a_second_time_the_series_goes_on_to_c(taken: Path, path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first" / "p.clinic"
    restored(taken, first)
    vault = open_vault(first, DATA_KEY)
    again = backup.back_up(vault, tmp_path / "stick", at=WHEN)
    vault.close()
    restored(again.path, tmp_path / "second" / "p.clinic")
    assert (
        value(Vault(tmp_path / "second" / "p.clinic", DATA_KEY), "SELECT max(series) FROM counters") == "RC"
    )
    assert path.exists()


def test_on_another_machine_the_keys_come_out_of_the_backup(taken: Path, tmp_path: Path) -> None:
    to = tmp_path / "elsewhere" / "deep" / "other.clinic"
    assert restored(taken, to).loss is None
    assert keys.unlock(to, None, PASSWORD).data_key == DATA_KEY
    assert {".keys", ".keys.copy", ".mark"} <= names_of(to)


def test_a_password_changed_since_stays_changed(taken: Path, path: Path) -> None:
    keys.change_password(path, None, PASSWORD, ANOTHER)
    restored(taken, path)
    assert keys.unlock(path, None, ANOTHER).data_key == DATA_KEY
    assert code_of(lambda: keys.unlock(path, None, PASSWORD)) == "wrong_password"


def test_damaged_key_files_are_put_aside_for_those_of_the_backup(taken: Path, path: Path) -> None:
    for file in (keyring.key_file(path), keyring.second_copy(path)):
        file.write_bytes(b"gone")
    restored(taken, path)
    assert keys.unlock(path, None, PASSWORD).data_key == DATA_KEY
    assert path.with_name(f"{path.name}.keys.old-1").read_bytes() == b"gone"


def test_a_damaged_practice_is_replaced_and_kept(taken: Path, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5000:9000] = bytes(4000)
    path.write_bytes(content)
    result = restored(taken, path)
    assert result.old is not None
    assert bytes(4000) in result.old.read_bytes()
    vault = open_vault(path, DATA_KEY)
    assert all(finding.ok for finding in checks.of_practice(vault))
    vault.close()


def test_a_file_that_does_not_even_open_is_replaced_and_kept(taken: Path, path: Path) -> None:
    path.write_bytes(b"nothing of use")
    assert restored(taken, path).loss is None
    assert value(Vault(path, DATA_KEY), "SELECT count(*) FROM clients") == 1


def test_a_practice_that_is_open_is_not_replaced(
    taken: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    before = path.read_bytes()
    with closing(connection.connect(path, DATA_KEY)) as window:
        window.execute("SELECT count(*) FROM clients").fetchone()
        assert code_of(lambda: restored(taken, path)) == "in_use"
    assert path.read_bytes() == before
    assert ".old-1" not in names_of(path)
    restored(taken, path)


def test_another_practices_backup_never_takes_the_place(taken: Path, path: Path) -> None:
    assert code_of(lambda: restore.restore(taken, path, bytes(32), STAMP, reason="x")) == "other_practice"


def test_a_practice_with_other_keys_is_not_written_over(taken: Path, path: Path) -> None:
    ring = keyring.read(path)
    keyring.write(path, dataclasses.replace(ring, practice="00000000"))
    before = path.read_bytes()
    assert code_of(lambda: restored(taken, path)) == "other_practice"
    assert path.read_bytes() == before


def test_a_backup_of_a_newer_program_is_refused(taken: Path, path: Path) -> None:
    papers = envelope.read(taken)
    copy = taken.with_name("newer")
    envelope.take_out(taken, papers, copy)
    envelope.attach(copy, dataclasses.replace(papers, version="9999"), DATA_KEY)
    before = path.read_bytes()
    assert code_of(lambda: restored(copy, path)) == "newer_file"
    assert path.read_bytes() == before


def test_a_backup_whose_trail_was_cut_is_refused(taken: Path, path: Path) -> None:
    papers = envelope.read(taken)
    copy = taken.with_name("cut")
    envelope.take_out(taken, papers, copy)
    forged = dataclasses.replace(papers, head=checks.Head(papers.head.sequence + 1, papers.head.seal))
    envelope.attach(copy, forged, DATA_KEY)
    assert code_of(lambda: restored(copy, path)) == "damaged_backup"


def test_an_older_backup_is_brought_up_to_date_on_the_way(
    taken: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinic.storage import migrate  # noqa: PLC0415 - the only use

    brought: list[str] = []
    papers = envelope.read(taken)
    copy = taken.with_name("older")
    envelope.take_out(taken, papers, copy)
    envelope.attach(copy, dataclasses.replace(papers, version="0000"), DATA_KEY)
    monkeypatch.setattr(migrate, "bring_up_to_date", lambda vault: brought.append(vault.path.name))
    restored(copy, path)
    assert len(brought) == 1


def test_where_names_cannot_be_shared_the_old_file_is_copied(
    taken: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _other: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    old = restored(taken, path).old
    assert old is not None
    assert value(Vault(old, DATA_KEY), "SELECT count(*) FROM appointments") == 1


def test_after_a_restore_backups_go_on(taken: Path, path: Path) -> None:
    vault = open_vault(path, DATA_KEY)
    backup.back_up(vault, at=WHEN + timedelta(hours=1))
    vault.close()
    restored(taken, path)
    vault = open_vault(path, DATA_KEY)
    assert backup.back_up(vault, at=WHEN + timedelta(hours=2)).sequence == 3
    vault.close()


def test_each_old_file_is_kept_under_a_name_of_its_own(taken: Path, path: Path) -> None:
    assert [restored(taken, path).old for _ in range(2)] == [
        path.with_name(f"{path.name}.old-{n}") for n in (1, 2)
    ]


def test_an_older_file_put_there_by_hand_is_noticed(vault: Vault, tmp_path: Path) -> None:
    vault.close()
    kept = a_copy(vault.path, tmp_path / "kept")
    again = open_vault(vault.path, DATA_KEY)
    for number in (1, 2):
        issue(again, number)
    again.close()
    vault.path.write_bytes(kept.read_bytes())
    older = Vault(vault.path, DATA_KEY)
    assert [finding.check for finding in checks.of_practice(older) if not finding.ok] == ["mark"]
    older.close()


def test_a_mark_lost_beside_a_file_that_is_not_is_made_anew(vault: Vault) -> None:
    issue(vault, 1)
    marks.file(vault.path).unlink()
    assert not next(found for found in checks.of_practice(vault) if found.check == "mark").ok
    issue(vault, 1, year=2027)
    mark = marks.read(vault)
    assert mark is not None
    assert mark.numbers == {("R", 2026): 1, ("R", 2027): 1}


def test_a_paper_missing_or_beyond_the_counter_is_noticed(vault: Vault) -> None:
    issue(vault, 1)
    issue(vault, 3)
    found = {f.check: f for f in checks.of_file(vault)}
    assert not found["numbers"].ok
    assert found["numbers"].facts == {"series": "R", "year": 2026, "last": 3, "missing": 1}


def test_a_scan_that_was_exchanged_is_noticed(vault: Vault) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    with vault.connect() as opened, opened.begin():
        insert(opened, "letters", id="l", client="c1", kind="lmn", signed=1, version=1)
        insert(
            opened,
            "attachments",
            id="a",
            letter="l",
            media_type="application/pdf",
            sha256="0" * 64,
            size=1,
            added_at=at,
            content=b"x",
        )
    assert [f.check for f in checks.of_file(vault) if not f.ok] == ["attachments"]


def test_a_trail_that_was_changed_is_noticed(vault: Vault) -> None:
    with closing(vault.raw()) as opened:
        guard = opened.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_no_update'").fetchone()[0]
        opened.execute("DROP TRIGGER audit_no_update")
        opened.execute("UPDATE audit SET person = 'second'")
        opened.execute(guard)
    trail = next(finding for finding in checks.of_file(vault) if finding.check == "trail")
    assert (trail.ok, trail.facts["broken_at"]) == (False, 1)
