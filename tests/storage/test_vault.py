"""The file opens for its key alone, says why it doesn't otherwise, and shows nobody's name."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from clinic.storage import backup, connection, keyring, place
from clinic.storage.opening import create_vault, open_vault
from clinic.storage.vault import Vault
from clinic.values import Refusal, Trouble
from tests.storage.cabinet import DATA_KEY, PLANTED, WHEN, book, furnish, insert, names_of, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def code_of(failing: Callable[[], object]) -> str:
    with pytest.raises(Trouble) as trouble:
        failing()
    return trouble.value.code


def test_no_file_the_program_writes_shows_a_name(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        opened.exec_driver_sql("UPDATE clients SET version = 2")  # brings the log into being
    backup.back_up(vault, at=WHEN)
    files = [file for file in vault.path.parent.rglob("*") if file.is_file()]
    assert {".keys", ".keys.copy", ".mark", "-wal"} <= names_of(vault.path)
    for file in files:
        content = file.read_bytes()
        for spelling in (PLANTED, *PLANTED.split()):
            for how in ("utf-8", "utf-16-le", "utf-16-be"):
                assert spelling.encode(how) not in content, file.name


def test_pythons_own_sqlite_cannot_open_it(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "copy.db")
    with (
        closing(sqlite3.connect(copy)) as opened,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        opened.execute("SELECT * FROM sqlite_master")


def test_the_file_is_as_careful_as_promised(vault: Vault) -> None:
    for setting, wanted in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("temp_store", 2),
    ):
        assert value(vault, f"PRAGMA {setting}") == wanted


def test_each_reason_not_to_open_has_its_own_code(path: Path, tmp_path: Path) -> None:
    cases: list[tuple[str, bytes]] = [
        ("damaged_file", b""),
        ("damaged_file", b"SQLite format 3\x00" + b"\x00" * 5000),
        ("damaged_file", os.urandom(8192)),
        ("damaged_file", path.read_bytes()[:5000]),
    ]
    for code, content in cases:
        other = tmp_path / "other.clinic"
        other.write_bytes(content)
        assert code_of(lambda: open_vault(other, DATA_KEY)) == code  # noqa: B023 - used at once
    assert code_of(lambda: open_vault(tmp_path / "none.clinic", DATA_KEY)) == "no_practice"
    assert code_of(lambda: open_vault(tmp_path, DATA_KEY)) == "no_practice"
    assert code_of(lambda: open_vault(path, bytes(32))) == "damaged_file"


def test_an_encrypted_file_that_is_no_practice_is_told(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.clinic"
    with closing(connection.make(stranger, DATA_KEY)) as opened:
        opened.execute("CREATE TABLE t (a)")
    assert code_of(lambda: open_vault(stranger, DATA_KEY)) == "damaged_file"


def test_a_file_of_a_newer_program_is_left_as_it_is(path: Path) -> None:
    with closing(connection.connect(path, DATA_KEY)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    before, beside = hashlib.sha256(path.read_bytes()).digest(), names_of(path)
    assert code_of(lambda: open_vault(path, DATA_KEY)) == "newer_file"
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert names_of(path) == beside


def test_an_old_library_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LEAST_LIBRARY", (99, 0, 0))
    assert code_of(lambda: open_vault(path, DATA_KEY)) == "old_library"
    monkeypatch.undo()
    monkeypatch.setattr(connection, "LEAST_CIPHER", (99, 0, 0))
    assert code_of(lambda: open_vault(path, DATA_KEY)) == "old_library"


def test_what_somebody_else_holds_is_in_use(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    with closing(vault.raw()) as other:
        other.execute("BEGIN IMMEDIATE")
        assert code_of(lambda: vault.connect().begin()) == "in_use"
        with vault.connect(reading=True) as opened:
            assert opened.exec_driver_sql("SELECT count(*) FROM clients").scalar_one() == 1


def test_a_reader_sees_one_moment(vault: Vault) -> None:
    with vault.connect(reading=True) as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM rooms").scalar_one() == 1
        with vault.connect() as writer, writer.begin():
            insert(writer, "rooms", id="back", name="Back", version=1)
        assert reader.exec_driver_sql("SELECT count(*) FROM rooms").scalar_one() == 1
    assert value(vault, "SELECT count(*) FROM rooms") == 2


def test_a_full_disk_is_told_and_reading_goes_on(vault: Vault) -> None:
    with vault.connect() as opened:
        pages = opened.exec_driver_sql("PRAGMA page_count").scalar_one()
        opened.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        opened.rollback()
        with pytest.raises(Trouble) as trouble, opened.begin():
            insert(opened, "rooms", id="big", name="x" * 100_000, version=1)
        assert trouble.value.code == "disk_full"
        assert opened.exec_driver_sql("SELECT count(*) FROM rooms").scalar_one() == 1
        opened.exec_driver_sql("PRAGMA max_page_count=1000000")
        opened.rollback()
        with opened.begin():
            insert(opened, "rooms", id="big", name="x" * 100_000, version=1)
    assert value(vault, "SELECT count(*) FROM rooms") == 2


def test_a_damaged_page_met_while_working_is_told(vault: Vault) -> None:
    vault.close()
    content = bytearray(vault.path.read_bytes())
    content[4096 * 2 : -4096] = os.urandom(len(content) - 4096 * 3)
    vault.path.write_bytes(content)
    damaged = Vault(vault.path, DATA_KEY)
    with pytest.raises(Trouble) as trouble, damaged.connect(reading=True) as opened:
        opened.exec_driver_sql("SELECT * FROM clients").all()
    assert trouble.value.code == "damaged_file"
    damaged.close()


def test_where_nothing_may_be_written_reading_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_can_be_written", lambda _: False)
    vault = open_vault(path, DATA_KEY)
    assert value(vault, "SELECT count(*) FROM clients") == 1
    with pytest.raises(Trouble) as trouble, vault.connect() as opened, opened.begin():
        insert(opened, "rooms", id="back", name="Back", version=1)
    assert trouble.value.code == "read_only"
    vault.close()
    assert "-wal" not in names_of(path)


def test_our_own_mistakes_stay_visible_and_show_no_values(vault: Vault) -> None:
    with pytest.raises(IntegrityError) as error, vault.connect() as opened, opened.begin():
        insert(opened, "rooms", id="front", name=PLANTED, version=1)
    assert PLANTED not in str(error.value)


def test_closing_folds_the_log_in_and_drops_the_key(vault: Vault) -> None:
    with vault.connect() as opened, opened.begin():
        insert(opened, "rooms", id="back", name="Back", version=1)
    vault.close()
    vault.close()
    assert not {"-wal", "-shm"} & names_of(vault.path)
    assert code_of(lambda: vault.data_key) == "locked"
    assert code_of(vault.raw) == "locked"


def test_a_record_changed_meanwhile_is_a_refusal(vault: Vault) -> None:
    from sqlalchemy.orm.exc import StaleDataError  # noqa: PLC0415 - the only use

    with pytest.raises(Refusal) as refusal, vault.translating():
        raise StaleDataError
    assert refusal.value.code == "changed_meanwhile"


def test_a_practice_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "p.clinic"

    def failing(vault: Vault) -> None:
        furnish(vault)
        raise Trouble("disk_full")

    assert code_of(lambda: create_vault(path, DATA_KEY, failing)) == "disk_full"
    assert list(path.parent.iterdir()) == []


def test_a_practice_that_is_there_is_not_made_again(path: Path) -> None:
    before = path.read_bytes()
    assert code_of(lambda: create_vault(path, DATA_KEY)) == "already_there"
    assert path.read_bytes() == before


def test_a_practice_is_not_kept_where_something_else_copies_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = path.parent / "Dropbox" / path.name
    synced.parent.mkdir()
    shutil.copy(path, synced)
    assert code_of(lambda: open_vault(synced, DATA_KEY)) == "synced_folder"
    assert code_of(lambda: create_vault(synced.with_name("n.clinic"), DATA_KEY)) == "synced_folder"
    monkeypatch.setattr(place, "share", lambda _: "nfs4")
    assert code_of(lambda: open_vault(path, DATA_KEY)) == "network_share"


def test_two_desks_never_take_the_same_slot(vault: Vault) -> None:
    """Both look first and both see it free; the lock at the beginning lets only one of them be right."""
    taken: list[str] = []
    start = threading.Barrier(2)

    def desk(name: str) -> None:
        start.wait()
        for slot in range(20):
            try:
                with vault.connect() as opened, opened.begin():
                    book(opened, f"{name}{slot}", slot * 60, slot * 60 + 60)
                    taken.append(name)
            except Refusal as refusal:
                assert refusal.code == "slot_taken"  # noqa: PT017 - the other desk was first

    desks = [threading.Thread(target=desk, args=(name,)) for name in "ab"]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    assert len(taken) == 20
    assert value(vault, "SELECT count(*) FROM appointments") == 20


def test_the_driver_is_the_one_that_encrypts() -> None:
    assert dbapi2.sqlite_version_info >= connection.LEAST_LIBRARY
    assert keyring.FLOOR.memory_kib == 65536
