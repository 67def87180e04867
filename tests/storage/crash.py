"""Kill a process at every step that it takes on the disk, and look at what it left.

Run as a program with the name of a task and a folder; each round is a child of this process, which has no threads.
"""

from __future__ import annotations

import io
import itertools
import os
import random
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from clinic.storage import backup, checks, disk, envelope, keyring, keys, restore
from clinic.storage.opening import create_vault, open_vault
from clinic.storage.vault import Vault
from clinic.values import Trouble
from tests.storage.cabinet import (
    ANOTHER,
    DATA_KEY,
    PASSWORD,
    STAMP,
    WHEN,
    a_copy,
    a_practice,
    furnish,
    insert,
    issue,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic.storage.keyring import Ring

STEPS = ("fsync", "replace", "rename", "unlink", "link", "open", "write")
"""What a process does to a disk through the operating system; each call is a step to die before."""


def dying_at(step: int) -> None:
    """Kill this process at its so-manieth step: before one, or just after it."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            tick()
            answer = real(*given, **named)
            tick()
            return answer

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    io.open = counted(io.open)
    envelope.attach = counted(envelope.attach)
    backup._checked = counted(backup._checked)
    checks.of_file = counted(checks.of_file)


def killed(task: Callable[[], object], step: int) -> bool:
    """Run the task in a child that dies at a step; False where it was done before that."""
    child = os.fork()
    if child == 0:
        dying_at(step)
        task()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the task failed by itself"
    return False


def killed_in_time(task: Callable[[], object], seconds: float) -> bool:
    """Run the task in a child and kill it after so long, wherever it is."""
    child = os.fork()
    if child == 0:
        task()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def at_every_step() -> Iterator[Callable[[Callable[[], object]], bool]]:
    """Let the task die at every step in turn; whoever looks on ends it once it gets through."""
    for step in itertools.count(1):
        yield partial(killed, step=step)


def at_any_moment(chance: random.Random, longest: float) -> Iterator[Callable[[Callable[[], object]], bool]]:
    """Let the task die two hundred times, at some moment of the time that it takes."""
    for _ in range(200):
        yield partial(killed_in_time, seconds=chance.uniform(0, longest))


def no_litter(folder: Path) -> None:
    disk.sweep(folder)
    left = [file.name for file in folder.iterdir() if disk.ASIDE in file.name]
    assert left == [], left


def sound(path: Path) -> Vault:
    vault = open_vault(path, DATA_KEY)
    bad = [finding for finding in checks.of_practice(vault) if not finding.ok]
    assert not bad, bad
    return vault


def outcome(path: Path, password: str) -> str:
    try:
        keys.unlock(path, None, password)
    except Trouble as trouble:
        return trouble.code
    return "opened"


class Scene(Protocol):
    """Something that is kept, and what must hold afterwards whether it died or not."""

    def task(self) -> None: ...

    def look(self, *, died: bool) -> None: ...


class Backing:
    """A backup that was not finished is not there; the practice is as it was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.made = 0

    def task(self) -> None:
        backup.back_up(Vault(self.path, DATA_KEY), at=WHEN)

    def look(self, *, died: bool) -> None:
        vault = sound(self.path)
        folder = backup.own_folder(self.path)
        found = backup.copies(folder, vault.fingerprint)
        for copy in found:
            taken = self.path.with_name("taken")
            envelope.take_out(copy.path, backup.inspect(copy.path), taken)
            copy.path.unlink()
        assert found or died
        if folder.is_dir():
            no_litter(folder)
            assert list(folder.iterdir()) == []
        vault.close()


class Restoring:
    """The old practice or the one from the backup, and numbers that never go back."""

    def __init__(self, path: Path) -> None:
        self.path, self.folder = path, path.parent / "round"
        vault = open_vault(path, DATA_KEY)
        issue(vault, 1)
        self.backup = backup.back_up(vault, path.parent / "stick", at=WHEN).path
        issue(vault, 2)
        with vault.connect() as opened, opened.begin():
            insert(opened, "rooms", id="late", name="Late", version=1)
        vault.close()
        self.fresh()

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.live = a_copy(self.path, self.folder)

    def task(self) -> None:
        restore.restore(self.backup, self.live, DATA_KEY, STAMP, reason="Tried")

    def look(self, *, died: bool) -> None:
        vault = sound(self.live)
        rooms = value(vault, "SELECT count(*) FROM rooms")
        assert rooms == 1 or (rooms == 2 and died), rooms
        assert value(vault, "SELECT last FROM counters") == 2
        vault.close()
        no_litter(self.folder)
        assert keys.unlock(self.live, None, PASSWORD).data_key == DATA_KEY
        self.fresh()


class Changing:
    """The old password opens or the new one does, never none and never both."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.old, self.new = PASSWORD, ANOTHER

    def task(self) -> None:
        keys.change_password(self.path, None, self.old, self.new)

    def look(self, *, died: bool) -> None:
        said = {password: outcome(self.path, password) for password in (self.old, self.new)}
        assert sorted(said.values()) == ["opened", "wrong_password"], said
        opening = [password for password, code in said.items() if code == "opened"]
        assert died or opening == [self.new]
        if opening == [self.new]:
            self.old, self.new = self.new, self.old
        no_litter(self.path.parent)


class Making:
    """A practice is there whole, furniture included, or there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path.parent / "made" / "p.clinic"

    def task(self) -> None:
        create_vault(self.path, DATA_KEY, furnish)

    def look(self, *, died: bool) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            return
        no_litter(folder)
        if self.path.exists():
            vault = Vault(self.path, DATA_KEY)
            assert value(vault, "SELECT count(*) FROM clients") == 1
            vault.close()
        else:
            assert died
        shutil.rmtree(folder)


def in_place(path: Path) -> Path:
    return path


def keys_without_an_old_copy(practice: Path, ring: Ring) -> None:
    files = keyring.key_file(practice), keyring.second_copy(practice)
    for file in files:
        file.unlink()
    for file in files:
        disk.put(file, keyring.render(ring))


def removed_first(made: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    made.replace(path)


def plant(task: str) -> None:
    """Put in the bug that each task's harness is there to find."""
    if task == "password":
        keyring.write = keys_without_an_old_copy
    elif task == "restore":
        disk.put_in_place = removed_first
    else:
        disk.aside = in_place


TASKS: dict[str, Callable[[Path], Scene]] = {
    "backup": Backing,
    "restore": Restoring,
    "password": Changing,
    "new": Making,
}


def main(name: str, folder: str, how: str = "") -> None:
    scene = TASKS[name](a_practice(Path(folder)))
    if how == "planted":
        plant(name)
    seed = "" if how == "planted" else how
    started = time.perf_counter()
    assert not killed(scene.task, step=0)
    took = time.perf_counter() - started
    scene.look(died=False)
    deaths = 0
    for attempt in at_any_moment(random.Random(seed), took) if seed else at_every_step():
        died = attempt(scene.task)
        scene.look(died=died)
        deaths += died
        if not (died or seed):
            break
    sys.stdout.write(f"{deaths}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
