"""Bugs to plant: each harness of this folder must turn red with its own."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from clinic.exchange import filesets, portable
from clinic.storage import connection, disk, engine, marks, trail
from clinic.storage.vault import Vault
from clinic.storage.work import Work
from clinic.values import Refusal
from clinic.workroom import issuing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sqlalchemy import Connection


def plant_in(owner: object, name: str, bug: object) -> None:
    """Put something else in the place of what the program calls."""
    setattr(owner, name, bug)


def commit_now(opened: Connection) -> None:
    """End the transaction in the midst of a task and begin another."""
    opened.exec_driver_sql("COMMIT")
    opened.exec_driver_sql("BEGIN IMMEDIATE")
    opened.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def number_taken_outside_the_transaction() -> None:
    real = issuing.take_number

    def take(work: Work, *facts: Any) -> Any:
        number = real(work, *facts)
        work.flush()
        commit_now(work.session.connection())
        return number

    plant_in(issuing, "take_number", take)


def operation_not_written() -> None:
    def forget(_work: Work, _operation: str, _task: str, _outcome: str) -> None:
        return None

    plant_in(Work, "carried_out", forget)


def audit_after_commit() -> None:
    real = trail.write

    def write(opened: Connection, *facts: Any) -> int:
        commit_now(opened)
        return real(opened, *facts)

    plant_in(trail, "write", write)


def mark_forgotten() -> None:
    plant_in(marks, "advance", lambda *_: None)


def told_before_commit() -> None:
    till = sys.modules["__main__"]

    def answer_to(desk: Any, ask: Any, tell: Any) -> None:
        def task(work: Work) -> None:
            tell([ask.key, till.TASKS[ask.kind](work, ask)])

        with suppress(Refusal):
            desk.writing(task)

    plant_in(till, "answer_to", answer_to)


def careless_with_the_disk() -> None:
    careless = {"settings": (*connection.CAREFUL, "PRAGMA synchronous=OFF")}
    plant_in(Vault.__init__, "__kwdefaults__", careless)


def set_not_put_right() -> None:
    def forget(folder: Path) -> None:
        for name in (filesets.COMING, filesets.GOING):
            shutil.rmtree(folder / name, ignore_errors=True)

    plant_in(filesets, "_put_right", forget)


def written_in_place() -> None:
    @contextmanager
    def written(path: Path) -> Iterator[BinaryIO]:
        with path.open("wb") as file:
            yield file

    plant_in(portable, "written_whole", written)


def list_kept_by_itself() -> None:
    real = Work.keep_many

    def keep_many(work: Work, *rows: Any) -> None:
        real(work, *rows)
        commit_now(work.session.connection())

    plant_in(Work, "keep_many", keep_many)


def backup_made_in_place() -> None:
    plant_in(disk, "aside", lambda path: path)
    plant_in(disk, "discard", lambda _path: None)


def lock_not_taken_at_the_beginning() -> None:
    def begin(opened: Connection) -> None:
        opened.exec_driver_sql("BEGIN")

    plant_in(engine, "_begin", begin)


def driver_not_translated() -> None:
    plant_in(engine, "_say_plainly", lambda _context: None)


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (
        number_taken_outside_the_transaction,
        operation_not_written,
        audit_after_commit,
        mark_forgotten,
        told_before_commit,
        careless_with_the_disk,
        set_not_put_right,
        written_in_place,
        list_kept_by_itself,
        backup_made_in_place,
        lock_not_taken_at_the_beginning,
        driver_not_translated,
    )
}


def plant(name: str) -> None:
    if name:
        BUGS[name]()
