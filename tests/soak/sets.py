"""Kill whoever writes a set of papers, a portable file or a backup, and look at what lies there.

Run as a program with a folder, a practice to copy, a number of rounds (every step once, if there are fewer), a seed,
a scene, and perhaps a bug to plant.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from clinic.exchange import filesets
from clinic.exchange import portable as post
from clinic.office import clients, custody, erasing, portable, year_end
from clinic.storage import backup, checks, disk
from clinic.values import ClientId, Stopped
from tests import aged, practices
from tests.decrypted import pages_of
from tests.soak import bugs, deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk


class Scene(Protocol):
    """Something that is written, and what must hold whether its writer died or not."""

    def task(self, tell: Callable[[Any], None]) -> None: ...

    def look(self, *, died: bool) -> None: ...


def stop(_done: int, _of: int) -> None:
    raise Stopped


class YearEnd:
    """The set of before or the new one, whole, after the next run has begun."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder, self.kept = path, path.parent / "set", path.parent / "kept"
        desk = practices.sit_down(path)
        year_end.export(desk, 2026, self.folder)
        shutil.copytree(self.folder, self.kept)
        before = desk.reading(lambda work: clients.details(work, ClientId("c-own")))
        desk.writing(
            lambda work: clients.edit(
                work, ClientId("c-own"), {"family_name": "Trần"}, version=before.version
            )
        )
        desk.close()
        self.seen: set[bool] = set()

    def task(self, _tell: Callable[[Any], None]) -> None:
        desk = practices.sit_down(self.path)
        year_end.export(desk, 2026, self.folder)
        desk.close()

    def look(self, *, died: bool) -> None:
        desk = practices.sit_down(self.path)
        with suppress(Stopped):
            year_end.export(desk, 2026, self.folder, progress=stop)
        desk.close()
        assert not (self.folder / filesets.COMING / "manifest.json").exists()
        year_end.throw_away(self.folder)
        manifest = json.loads((self.folder / "manifest.json").read_bytes())
        files = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
        there = {
            file.relative_to(self.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in self.folder.rglob("*")
            if file.is_file() and file.name != "manifest.json"
        }
        assert there == files
        assert {entry.name for entry in self.folder.iterdir()} == {
            "manifest.json",
            *(path.split("/")[0] for path in files),
        }
        is_new = any("Tr" in path for path in files)
        assert is_new or died
        assert (manifest["supersedes"] is not None) == is_new
        self.seen.add(is_new)
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)


class GivingOut:
    """The file of before or the new one, and nothing half written beside it after the next run."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent / "out"
        self.folder.mkdir()
        self.file = self.folder / "practice.json"
        self.old = b'{"format": "something of before"}\n'
        self.file.write_bytes(self.old)

    def task(self, _tell: Callable[[Any], None]) -> None:
        desk = practices.sit_down(self.path)
        portable.give_out(desk, self.file, reason="Tried")
        desk.close()

    def look(self, *, died: bool) -> None:
        if self.file.read_bytes() != self.old:
            assert len(post.read(self.file).of("clients")) == 2
        else:
            assert died
        self.task(print)
        assert [file.name for file in self.folder.iterdir()] == [self.file.name]
        self.file.write_bytes(self.old)


class TakingIn:
    """All of the file or nothing of it; taken in once more, it is there once."""

    def __init__(self, path: Path) -> None:
        self.model, self.folder = path, path.parent / "round"
        self.file = path.parent / "in.json"
        visit = practices.an_appointment("a-9", "2026-11-11T16:00", client="c-new")
        line = practices.a_line("x-9", appointment="a-9")
        document = practices.a_document(
            clients=[practices.a_client("c-new", "Sorcha", "Ní Dhomhnaill")],
            appointments=[visit],
            invoices=[practices.an_invoice("i-9", "2026-11-11", line, client="c-new")],
            payments=[practices.a_payment("p-9", "2026-11-11", 12500, client="c-new")],
        )
        self.file.write_text(json.dumps(document), encoding="utf-8")
        self.fresh()

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.live = practices.copied(self.model, self.folder)

    def task(self, _tell: Callable[[Any], None]) -> None:
        desk = practices.sit_down(self.live)
        portable.take_in(desk, self.file)
        desk.close()

    def look(self, *, died: bool) -> None:
        desk = practices.sit_down(self.live)
        added = self._how_many(desk)
        assert added in ([0] * 5, [1] * 5), added
        assert added[0] or died
        portable.take_in(desk, self.file)
        assert self._how_many(desk) == [1] * 5
        bad = [finding for finding in checks.of_practice(desk.vault) if not finding.ok]
        assert not bad, bad
        backups = backup.own_folder(self.live)
        desk.close()
        assert [file for file in backups.iterdir() if disk.ASIDE in file.name] == []
        assert [file for file in self.folder.iterdir() if disk.ASIDE in file.name] == []
        self.fresh()

    def _how_many(self, desk: Desk) -> list[int]:
        opened = desk.vault.raw()
        try:
            return [
                opened.execute(asked).fetchone()[0]
                for asked in (
                    "SELECT count(*) FROM clients WHERE id = 'c-new'",
                    "SELECT count(*) FROM appointments WHERE id = 'a-9'",
                    "SELECT count(*) FROM lines WHERE id = 'x-9'",
                    "SELECT count(*) FROM allocations WHERE payment = 'p-9'",
                    "SELECT count(*) FROM papers WHERE invoice = 'i-9'",
                )
            ]
        finally:
            opened.close()


class BackingUp:
    """Whatever bears a backup's name is one; nothing else is left after the next one was made."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent / "stick"

    def task(self, _tell: Callable[[Any], None]) -> None:
        desk = practices.sit_down(self.path)
        custody.back_up(desk, self.folder)
        desk.close()

    def look(self, *, died: bool) -> None:
        found = list(self.folder.glob(f"*{backup.ENDING}"))
        assert found or died
        self.task(print)
        for file in self.folder.iterdir():
            assert file.suffix == backup.ENDING, file.name
            data_key = backup.unlock(file, practices.PEOPLE["owner"], practices.PASSWORD).data_key
            assert len(data_key) == 32
            custody.restore(
                file,
                self.path.parent / "back" / "practice.clinic",
                person=practices.PEOPLE["owner"],
                password=practices.PASSWORD,
                reason="Tried",
            )
            shutil.rmtree(self.path.parent / "back")
        shutil.rmtree(self.folder)


class Erasing:
    """The client whole, or gone from every page and vouched for in the trail; nothing between, and no litter."""

    def __init__(self, path: Path) -> None:
        self.model, self.folder = path, path.parent / "round"
        self.fresh()
        desk = aged.sit_down(self.live)
        self.data_key = desk.vault.data_key
        desk.close()
        self.fresh()
        self.before = self._told()

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.live = practices.copied(self.model, self.folder)

    def task(self, _tell: Callable[[Any], None]) -> None:
        desk = aged.sit_down(self.live)
        erasing.erase_file(desk, aged.OWN, ground=erasing.Ground.TIME_OVER, named=aged.NAME)
        desk.close()

    def look(self, *, died: bool) -> None:
        told = self._told()
        assert told == self.before or not any(told[:-1]), told
        assert told[-1] or told == self.before  # who is gone has an entry that vouches for it
        assert told != self.before or died
        if told != self.before:
            pages = pages_of(self.live, self.data_key)
            assert [word for word in aged.SAID if word.encode() in pages] == []
        backups = backup.own_folder(self.live)
        for folder in (self.folder, *([backups] if backups.is_dir() else ())):
            disk.sweep(folder)
            assert [file for file in folder.iterdir() if disk.ASIDE in file.name] == []
        self.fresh()

    def _told(self) -> list[int]:
        """Open the file as somebody does the next morning, check it, and count what speaks of the client."""
        desk = aged.sit_down(self.live)
        bad = [finding for finding in checks.of_practice(desk.vault) if not finding.ok]
        assert not bad, bad
        opened = desk.vault.raw()
        try:
            return [
                opened.execute(asked).fetchone()[0]
                for asked in (
                    "SELECT count(*) FROM clients WHERE id IN ('c-own', 'c-twin')",
                    "SELECT count(*) FROM appointments WHERE client = 'c-own'",
                    "SELECT count(*) FROM notes",
                    "SELECT count(*) FROM letters",
                    "SELECT count(*) FROM invoices WHERE client = 'c-own'",
                    "SELECT count(*) FROM audit WHERE object = 'clients/c-twin' AND payload <> ''",
                    "SELECT count(*) FROM erasing",
                    "SELECT count(*) FROM audit WHERE action = 'erased'",
                )
            ]
        finally:
            opened.close()
            desk.close()


SCENES: dict[str, Callable[[Path], Scene]] = {
    scene.__name__: scene for scene in (YearEnd, GivingOut, TakingIn, BackingUp, Erasing)
}
AT_ANY_MOMENT = frozenset({"Erasing"})
"""Scenes in which the database itself writes for a while, so that there is more to die in than our own steps."""


def main(*asked: str) -> None:
    folder, model, rounds, seed, name, bug = (*asked, "")[:6]
    chance = random.Random(seed)
    scene = SCENES[name](practices.copied(Path(model), Path(folder) / "live"))
    bugs.plant(bug)
    began = time.perf_counter()
    steps = deaths.steps_of(scene.task)
    took = time.perf_counter() - began
    scene.look(died=False)
    died = 0
    for step in chance.sample(range(1, steps + 1), min(int(rounds), steps)):
        at_once = name in AT_ANY_MOMENT and step % 2
        end = {"seconds": chance.uniform(0.01, took)} if at_once else {"step": step}
        life = deaths.life(scene.task, **end)
        died += life.died
        scene.look(died=life.died)
    deaths.report(deaths=died, steps=steps)


if __name__ == "__main__":
    main(*sys.argv[1:])
