"""Making the demo: the practice file with everybody's way in, and a page that says how to use it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clinic.exchange.contents import PortablePractice
from clinic.exchange.files import disk_faults, written_whole
from clinic.office import portable, sign_in
from clinic.office.demo.catalogue import listed
from clinic.office.demo.document import build
from clinic.office.demo.clearings import follow_up
from clinic.office.demo.readme import README, is_readme, page, passwords
from clinic.office.desk import now
from clinic.storage import keys
from clinic.values import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.demo.catalogue import Item
    from clinic.values import Progress

PRACTICE = "practice.clinic"
UNFINISHED = ".making-"


@dataclass(frozen=True, slots=True)
class Made:
    """Where the demo lies."""

    practice: Path
    readme: Path


def make(
    folder: Path,
    *,
    years: int = 2,
    clients: int = 120,
    seed: int = 1,
    at: datetime | None = None,
    progress: Progress | None = None,
) -> Made:
    """Make a demo practice in a folder of its own; an earlier demo there is replaced.

    Its day stands as it would when the practice's clock shows `at`, which is now unless another moment is given.
    """
    for name, number in (("years", years), ("clients", clients)):
        if number < 1:
            raise Refusal("out_of_range", at=name)
    _check_folder(folder)
    if at is None:
        zone = ZoneInfo(listed("practice")["practice"]["time_zone"])
        at = now().astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    document = build(at, years, clients, seed)
    ways_in = passwords(document["staff"], seed)
    with disk_faults():
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        # Made aside, so that a run that is stopped leaves the earlier demo as it was.
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=UNFINISHED))
        try:
            _fill(aside / PRACTICE, document, ways_in, progress)
            _replace(folder, aside)
        finally:
            shutil.rmtree(aside)
    with written_whole(folder / README) as file:
        file.write(page(document, ways_in).encode())
    return Made(folder / PRACTICE, folder / README)


def _check_folder(folder: Path) -> None:
    """Keep off a folder in which something else lies."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refusal("not_a_demo_folder")
    with disk_faults():
        others = [entry for entry in folder.iterdir() if not entry.name.startswith(UNFINISHED)]
        if others and not is_readme(folder / README):
            raise Refusal("not_a_demo_folder")


def _fill(path: Path, document: Item, ways_in: dict[str, str], progress: Progress | None) -> None:
    owner, *colleagues = document["staff"]
    practice = document["practice"]
    new = sign_in.NewPractice(
        practice["name"], owner["name"], ways_in[owner["id"]], practice["time_zone"], practice["phone"]
    )
    desk, _ = sign_in.create(path, new, cost=keys.FLOOR)
    try:
        desk.confirm()
        lists = {key: value for key, value in document.items() if key not in {"format", "version"}}
        desk.writing(partial(portable.import_, file=PortablePractice(**lists), progress=progress))
        follow_up(desk)
        for person in colleagues:
            desk.writing(
                partial(
                    sign_in.give_access,
                    staff=person["id"],
                    password=ways_in[person["id"]],
                    reason="Part of the demo practice",
                    cost=keys.FLOOR,
                )
            )
    finally:
        desk.close()


def _replace(folder: Path, aside: Path) -> None:
    """Put the new practice where the old one was, with all that belongs to it."""
    (folder / README).unlink(missing_ok=True)
    for old in folder.glob(f"{PRACTICE}*"):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    for new in aside.iterdir():
        new.replace(folder / new.name)
