"""Kill whoever writes a note, again and again, and look whether the draft is there, with the right client.

Run as a program with a folder, a practice to copy, a number of rounds, a seed, and perhaps a bug to plant.
The child types as the screen does: a draft is kept at least every three seconds, so whatever was told of as kept is
what a writer may lose nothing of; the one draft that was under way may be there or not.
"""

from __future__ import annotations

import random
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic.office import note_list, notes
from clinic.office.notes import Content, Mark, MarkKind, View
from clinic.storage import checks
from clinic.values import AppointmentId
from tests import practices
from tests.soak import bugs, deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.storage.work import Work

MARKER = "PLANTED-IN-A-NOTE"
VISITS = {"a-kill-1": "c-own", "a-kill-2": "c-other", "a-kill-3": "c-own"}
ROUNDS_OF_A_FILE = 40
SAVES = 4


def content_of(visit: str, n: int) -> Content:
    """Say what was typed by the n-th save, with a mark drawn by hand."""
    stroke = tuple((0.4 + k / 500, 0.4) for k in range(5 + n % 40))
    return Content(
        s=f"{MARKER} {visit} {n}",
        marks=(Mark(MarkKind.PAIN, "low_back", View.BACK, (0.5, 0.4), None, None, stroke),),
    )


def write(tell: Callable[[Any], None], *, path: Path, visit: str, first: int) -> None:
    """Write a note: every draft is told of once it is kept."""
    desk = practices.sit_down(path)
    for n in range(first, first + SAVES):
        desk.writing(
            partial(notes.save_draft, appointment=AppointmentId(visit), content=content_of(visit, n))
        )
        tell([visit, n])
    desk.close()


class Notebook:
    """One practice file, and the newest draft of each visit that was told of as kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: dict[str, int] = {}
        self.next = 0

    def look(self) -> None:
        """Open the file as the writer does after the crash, and compare."""
        desk = practices.sit_down(self.path)
        try:
            offered = {each.appointment: each for each in desk.reading(note_list.begun)}
            for visit, n in self.told.items():
                assert visit in offered, "draft lost"
                assert offered[AppointmentId(visit)].client == VISITS[visit], "wrong client"
                draft = desk.reading(partial(notes.open_visit, appointment=AppointmentId(visit))).draft
                assert draft is not None, "draft lost"
                said, of, number = draft.s.rsplit(" ", 2)
                assert (said, of) == (MARKER, visit), "another visit's draft"
                assert int(number) >= n, "older than what was told"
                assert draft == content_of(visit, int(number)), "half a draft"
            assert all(finding.ok for finding in checks.of_file(desk.vault)), "file damaged"
        finally:
            desk.close()
        self.nothing_lies_open()

    def nothing_lies_open(self) -> None:
        """Look into every file beside the practice, as it lies on the disk."""
        for file in self.path.parent.rglob("*"):
            if file.is_file():
                assert MARKER.encode() not in file.read_bytes(), "in the clear"


def fresh(template: Path, folder: Path) -> Notebook:
    """Copy the practice, with visits that took place today."""
    return Notebook(practices.copied(template, folder))


def kept_beside() -> None:
    """Keep the draft in a plain file beside the practice, as a careless editor would."""
    real = notes.save_draft

    def save(work: Work, appointment: AppointmentId, content: Content) -> Any:
        beside = work.vault.path.with_suffix(".draft")
        beside.write_text(content.s, encoding="utf-8")
        return real(work, appointment, content)

    bugs.plant_in(notes, "save_draft", save)


def kept_with_the_last_client() -> None:
    """Keep every draft under one visit, as a draft that forgets whose it is."""
    real = notes.save_draft

    def save(work: Work, appointment: AppointmentId, content: Content) -> Any:
        del appointment
        return real(work, AppointmentId("a-kill-1"), content)

    bugs.plant_in(notes, "save_draft", save)


def told_too_early() -> None:
    """Tell of every second draft that it is kept, and keep it only with the next."""
    real = notes.save_draft
    asked: list[AppointmentId] = []

    def save(work: Work, appointment: AppointmentId, content: Content) -> Any:
        asked.append(appointment)
        return real(work, appointment, content) if len(asked) % 2 else None

    bugs.plant_in(notes, "save_draft", save)


PLANTED = {bug.__name__: bug for bug in (kept_beside, kept_with_the_last_client, told_too_early)}


def main(folder: str, model: str, rounds: str, seed: str, bug: str = "") -> None:
    chance = random.Random(seed)
    template = Path(model)
    if bug:
        PLANTED[bug]()
    trial = fresh(template, Path(folder) / "trial")
    task = partial(write, path=trial.path, visit="a-kill-1", first=0)
    started = time.perf_counter()
    steps = deaths.steps_of(task)
    took = time.perf_counter() - started
    book, died, told = trial, 0, 0
    for n, end in enumerate(deaths.ends(chance, int(rounds), steps, 0 if bug else took)):
        if n % ROUNDS_OF_A_FILE == 0:
            book = fresh(template, Path(folder) / f"file-{n}")
        visit = chance.choice(list(VISITS))
        life = deaths.life(partial(write, path=book.path, visit=visit, first=book.next), **end)
        book.next += SAVES
        for said in life.said:
            if isinstance(said, list):
                book.told[said[0]] = said[1]
                told += 1
        book.look()
        died += life.died
    deaths.report(deaths=died, told=told, steps=steps)


if __name__ == "__main__":
    main(*sys.argv[1:])
