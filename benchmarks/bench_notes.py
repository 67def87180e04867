"""Writing and finding notes: a draft kept while somebody types, words in many notes, a page of many visits."""

from __future__ import annotations

from functools import partial
from itertools import count, cycle
from typing import TYPE_CHECKING

from benchmarks import practices, town
from benchmarks.practices import OWNER
from benchmarks.report import Row, S, wait
from benchmarks.yardstick import in_memory, latencies
from clinic.office import charts, note_search, notes
from clinic.office.notes import Content, Mark, MarkKind, Treated, View
from clinic.values import AppointmentId, ClientId, Technique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.report import Size
    from clinic.office.desk import Desk

MANY_NOTES, MANY_VISITS = 20_000, 500
WORDS = ("stiff", "neck", "shoulder", "guarded", "sleeps", "desk", "running", "jaw", "sacrum", "calf")
TYPED = (
    "s",
    "st",
    "stiff",
    "stiff ne",
    "jaw run",
    "sacr",
    "visit1234",
    "guarded calf",
    "sleeps des",
    "nowhere",
)
STROKE = tuple((0.4 + n / 1_000, 0.3 + n / 800) for n in range(120))
"""A line drawn by hand: so many points come in two seconds of drawing."""
OWN_NOTES = """
    INSERT INTO notes (id, appointment, written_by, signed_at, soap, search_text, version)
    SELECT 'own-' || id, id, ?, '2026-12-01T20:00:00.000000Z', '{"s": "Stiff neck."}',
    'visit' || rowid || ' ' || ?, 1 FROM appointments WHERE state = 'done' AND rowid % ? = ? LIMIT ?
"""
TO_ONE_CLIENT = """
    UPDATE appointments SET client = ? WHERE id IN (
        SELECT id FROM appointments WHERE state = 'done' AND client != ? LIMIT ?
    )
"""


def rows(size: Size) -> Iterator[Row]:
    """Measure once, at the numbers the chart was asked for."""
    if size is not S:
        return
    with in_memory() as folder, practices.seated(practices.copied(size, folder)) as desk:
        client = ClientId(town.client(0))
        _furnish(desk, client)
        yield wait("", "a draft kept while typing, strokes too", size, latencies(_typing(desk), 300), 20)
        typed = cycle(TYPED)

        def search() -> None:
            desk.reading(partial(note_search.find, typed=next(typed)))

        yield wait("", f"words in {MANY_NOTES:,} notes", size, latencies(search, 300), 50)

        def chart() -> None:
            desk.reading(partial(charts.chart, client=client))

        yield wait("", f"a client's page, {MANY_VISITS} visits", size, latencies(chart, 100), 100)


def _furnish(desk: Desk, client: ClientId) -> None:
    """Write many notes of one's own, and let one client have come very often."""
    raw = desk.vault.raw()
    for turn, word in enumerate(WORDS):
        said = f"{word} {WORDS[(turn + 3) % len(WORDS)]}"
        raw.execute(OWN_NOTES, (OWNER, said, len(WORDS), turn, MANY_NOTES // len(WORDS)))
    own = raw.execute("SELECT count(*) FROM appointments WHERE client = ?", (client,)).fetchone()[0]
    raw.execute(TO_ONE_CLIENT, (client, client, MANY_VISITS - own))
    raw.commit()
    written = raw.execute("SELECT count(*) FROM notes WHERE written_by = ?", (OWNER,)).fetchone()[0]
    raw.close()
    if written < MANY_NOTES:
        message = f"only {written} notes to search"
        raise ValueError(message)


def _typing(desk: Desk) -> Callable[[], None]:
    """Begin a note, and keep its draft as somebody goes on typing and drawing."""
    raw = desk.vault.raw()
    asked = "SELECT id FROM appointments WHERE staff = ? AND state != 'done' LIMIT 1"
    (visit,) = raw.execute(asked, (OWNER,)).fetchone()
    raw.close()
    numbers = count(1)

    def keep() -> None:
        content = Content(
            s="Stiff neck after long days at the desk. " * 10 + str(next(numbers)),
            o="Guarded.",
            areas=("neck_post", "left_shoulder"),
            treated=(Treated("neck_post", Technique.DEEP_TISSUE, "P4", 20),),
            marks=tuple(
                Mark(MarkKind.PAIN, "neck_post", View.BACK, (0.5, 0.2), stroke=STROKE) for _n in range(4)
            ),
        )
        save = partial(notes.save_draft, appointment=AppointmentId(visit), content=content)
        desk.writing(save)

    return keep
