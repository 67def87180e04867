"""The tables are made step by step, and a step is taken whole or not at all."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from clinic.records import Base
from clinic.storage import backup, checks, connection, migrate, trail, version
from clinic.storage.engine import engine_on
from clinic.storage.opening import open_vault
from clinic.storage.vault import Vault
from clinic.values import Trouble
from tests.storage.cabinet import DATA_KEY, furnish, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlcipher3 import dbapi2


def test_the_tables_made_step_by_step_are_those_the_records_speak_of(vault: Vault) -> None:
    with vault.connect(reading=True) as opened:
        context = MigrationContext.configure(
            opened,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # The index of a search is SQLite's own affair: no record speaks of it.
                "include_name": lambda name, kind, _: kind != "table" or "_search" not in name,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_check_the_records_make_is_in_the_file(vault: Vault) -> None:
    """Alembic compares no checks, so their names are compared here."""
    wanted = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    with closing(vault.raw()) as opened:
        kept = " ".join(
            sql for (sql,) in opened.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
        )
    assert {name for name in wanted if name not in kept} == set()


def test_the_program_knows_its_newest_step() -> None:
    steps = [step.revision for step in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()]
    assert steps[0] == version.HEAD
    assert steps == sorted(steps, reverse=True)


def test_the_guards_are_the_expected_ones(vault: Vault) -> None:
    with closing(vault.raw()) as opened:
        assert checks.guards(opened)
        opened.execute("DROP TRIGGER audit_no_delete")
        assert not checks.guards(opened)


def test_a_file_of_every_earlier_generation_is_whole_as_it_is_and_comes_up_to_date(vault: Vault) -> None:
    def opened() -> dbapi2.Connection:
        raw = vault.raw()
        raw.execute(migrate.NO_REFERENCES)
        return raw

    steps = [step.revision for step in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()]
    for step in steps[1:]:
        migrate.move(opened, step, down=True)
        with closing(vault.raw()) as older:
            assert checks.guards(older), step
    migrate.move(opened, "head")
    with closing(vault.raw()) as newest:
        assert checks.guards(newest)


def test_each_step_goes_down_and_up_again_with_data_in_it(vault: Vault) -> None:
    def opened() -> dbapi2.Connection:
        raw = vault.raw()
        raw.execute(migrate.NO_REFERENCES)
        return raw

    steps = [step.revision for step in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()]
    for step in (*steps[1:], "base"):
        migrate.move(opened, step, down=True)
    assert (
        value(
            vault,
            "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'",
        )
        == 0
    )
    migrate.move(opened, "head")
    furnish(vault)
    assert all(finding.ok for finding in checks.of_file(vault))


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[Path] = []
    with closing(connection.connect(path, DATA_KEY)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(migrate, "bring_up_to_date", lambda vault: brought.append(vault.path))
    vault = open_vault(path, DATA_KEY)
    assert brought == [path]
    kept = backup.last(vault)
    assert kept is not None
    assert backup.inspect(kept.path).version == "0000"
    vault.close()


def test_a_practice_whose_trail_was_sealed_before_digests_opens(path: Path) -> None:
    path.unlink()
    settings = (*connection.CAREFUL, migrate.NO_REFERENCES)
    migrate.move(lambda: connection.make(path, DATA_KEY, settings=settings), "0015")
    older = Vault(path, DATA_KEY)
    told = ("1", "2026-11-18T22:10:00.000000Z", "UTC", "owner", "owner", "created", "clients/c-1", "{}")
    with closing(older.raw()) as opened:
        opened.execute(
            "INSERT INTO audit (sequence, at, zone, person, role, action, object, payload, seal)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*told, trail.seal(older.audit_key, trail.FIRST_SEAL, told)),
        )
    older.close()
    vault = open_vault(path, DATA_KEY)
    assert backup.last(vault) is not None
    assert all(finding.ok for finding in checks.of_file(vault))
    vault.close()


def test_a_step_that_breaks_a_reference_is_undone(vault: Vault) -> None:
    with closing(vault.raw()) as opened:
        opened.execute("PRAGMA foreign_keys=OFF")
        opened.execute("UPDATE clients SET assigned_to = 'nobody'")
    with pytest.raises(Trouble) as trouble:
        migrate.bring_up_to_date(vault)
    assert trouble.value.code == "migration_failed"


def test_a_failure_at_any_statement_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep over every statement of every step; the file is empty before and must be so after."""
    path = tmp_path / "p.clinic"
    connection.make(path, DATA_KEY).close()
    vault, failing_at = Vault(path, DATA_KEY), [0]

    class Failed(Exception):  # noqa: N818 - as the house words it
        pass

    def failing_engine(connect: Callable[[], dbapi2.Connection]) -> Engine:
        engine, count = engine_on(connect), 0

        @event.listens_for(engine, "before_cursor_execute")
        def _count(*_: object) -> None:
            nonlocal count
            count += 1
            if count == failing_at[0]:
                raise Failed

        return engine

    monkeypatch.setattr(migrate, "engine_on", failing_engine)
    while True:
        failing_at[0] += 7
        try:
            migrate.build(vault)
        except Failed:
            with closing(connection.make(path, DATA_KEY)) as opened:
                assert opened.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        else:
            break
    assert failing_at[0] > 60
    assert all(finding.ok for finding in checks.of_file(vault))
    vault.close()
