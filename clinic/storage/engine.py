"""The vault as SQLAlchemy sees it: every transaction begun on purpose, every failure in our words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from clinic.storage.troubles import of_database
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine, ExceptionContext

READING = "clinic_reading"
"""Marks a connection that only looks: it waits for nobody and sees one moment of the file."""


def engine_on(connect: Callable[[], dbapi2.Connection]) -> Engine:
    """Make the engine of one open practice."""
    # The connection that was used last has its pages at hand, so it is the one used next.
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _say_plainly, retval=True)
    return engine


@contextmanager
def translating() -> Iterator[None]:
    """Let a record that somebody else changed meanwhile come out as a Refusal."""
    try:
        yield
    except StaleDataError as error:
        raise Refusal("changed_meanwhile") from error


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    # Taking the lock before anything is looked up keeps two desks from deciding on the same old picture.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _say_plainly(context: ExceptionContext) -> BaseException | None:
    return of_database(context.original_exception)
