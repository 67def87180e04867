"""The year's end of a busy clinic: however many clients there are, all are written, with the same questions."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from clinic.office import year_end
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

MANY = 6 * year_end.AT_ONCE + 3
"""More than are written at a time, several times over, and not a round number of them."""


def a_busy_practice(folder: Path, clients: int) -> Desk:
    names = [f"c-{number}" for number in range(clients)]
    document = practices.a_document(
        clients=[practices.a_client(name, "Odile", f"Marchetti {name}") for name in names],
        invoices=[
            practices.an_invoice(f"i-{name}", "2026-11-04", practices.a_line(f"x-{name}"), client=name)
            for name in names
        ],
        payments=[practices.a_payment(f"p-{name}", "2026-11-04", 12500, client=name) for name in names],
    )
    folder.mkdir()
    return practices.sit_down(practices.make(folder, document))


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        heard.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(desk.vault.engine, "before_cursor_execute", hear)


def test_a_year_of_more_clients_than_are_fetched_at_a_time_is_written_whole(tmp_path: Path) -> None:
    desk = a_busy_practice(tmp_path / "many", MANY)
    made = year_end.export(desk, 2026, tmp_path / "set", mask_treatments=True)
    desk.close()
    assert made.manifest["clients"] == MANY
    assert made.manifest["totals"]["client_paid"] == f"{MANY * 125}.00"


def test_everybodys_year_asks_the_file_as_often_for_few_as_for_many(tmp_path: Path) -> None:
    asked = []
    for clients in (2, 40):
        desk = a_busy_practice(tmp_path / f"of-{clients}", clients)
        with statements(desk) as heard:
            desk.reading(partial(year_end.grid, year=2026))
        asked.append(len(heard))
        desk.close()
    assert asked[0] == asked[1]
