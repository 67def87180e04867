"""The front door of a real practice: the office behind it is imported when the first person comes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from clinic.values import Refusal, Trouble
from ui.front import Arrival, Copy, Found, Loss, Made, Seat, Standing

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from clinic.office.desk import Desk
    from clinic.values import Progress
    from ui.front import Wanted

PORTABLE, BACKUP = ".json", ".backup"
WAY_IN = re.compile(r"^(?P<name>.+) \(\w+\) password: (?P<password>.+)$", re.MULTILINE)
"""How the demo's page names each person, the owner first."""


class Door:
    """Leads to the practice at one place, until another file is opened."""

    def __init__(self, practice: Path) -> None:
        self._practice = practice
        self._brought: Path | None = None
        self._backup: Path | None = None

    def arrival(self) -> Arrival:
        """Say whether there is a practice to sign in to."""
        return Arrival.SIGN_IN if self._practice.exists() else Arrival.CHOICES

    def people(self) -> tuple[str, ...]:
        """Name those who can sign in."""
        from clinic.office import sign_in

        return sign_in.people(self._practice)

    def suggest(self) -> str:
        """Make up a password of six words."""
        from clinic.office import sign_in

        return sign_in.suggested_password()

    def time_zone(self) -> str:
        """Name the machine's time zone."""
        from clinic.office import sign_in

        return sign_in.machine_zone()

    def sign_in(self, person: str, password: str) -> Seat:
        """Seat a person by their password."""
        from clinic.office import sign_in

        return _seat(sign_in.sign_in(self._practice, person or None, password), person)

    def recover(self, recovery_key: str, password: str) -> Seat:
        """Seat the owner by the recovery key."""
        from clinic.office import sign_in

        return _seat(sign_in.sign_in_with_recovery(self._practice, recovery_key, password), "")

    def set_up(self, wanted: Wanted) -> Made:
        """Make a practice; what was brought along is taken in when its owner is seated."""
        from clinic.office import sign_in

        new = sign_in.NewPractice(wanted.name, wanted.owner, wanted.password, wanted.time_zone)
        desk, recovery_key = sign_in.create(self._practice, new)

        def finish() -> Seat:
            if self._brought is not None:
                from clinic.office import portable

                portable.take_in(desk, self._brought)
                self._brought = None
            return _seat(desk, wanted.owner)

        return Made(recovery_key, finish)

    def demo(self, progress: Progress) -> Seat:
        """Make the demo practice beside one's own, or find the one made before, and seat its owner."""
        from clinic.office import demo

        folder = self._practice.parent / "demo"
        practice, page = folder / "practice.clinic", folder / "README.txt"
        if not practice.exists():
            demo.make(folder, progress=progress)
        way_in = WAY_IN.search(page.read_text("utf-8"))
        if way_in is None:
            raise Trouble("password_unknown")
        self._practice = practice
        return self.sign_in(way_in["name"], way_in["password"])

    def copies(self) -> tuple[Copy, ...]:
        """List the backups that can be restored."""
        from clinic.office import custody

        found = (
            custody.restorable(self._practice) if self._backup is None else (custody.look_into(self._backup),)
        )
        return tuple(Copy(each.path, each.taken_at.astimezone(), each.people) for each in found)

    def foresee(self, copy: Copy, person: str, password: str, recovery_key: str = "") -> Loss:
        """Say what a restore would take away."""
        from clinic.office import custody, sign_in

        if recovery_key:
            sign_in.check_password(password)
        told = custody.foresee(
            copy.path, self._practice, person=person or None, password=password, recovery_key=recovery_key
        )
        return Loss(told.lost_steps, told.lost_papers)

    def restore(self, copy: Copy, person: str, password: str, reason: str, recovery_key: str = "") -> Seat:
        """Put a backup in the practice's place, and sign in to it."""
        from clinic.office import custody

        custody.restore(
            copy.path,
            self._practice,
            person=person or None,
            password=password,
            recovery_key=recovery_key,
            reason=reason,
        )
        self._backup = None
        return self.recover(recovery_key, password) if recovery_key else self.sign_in(person, password)

    def open(self, file: Path) -> Arrival:
        """Take a practice file to sign in to, a backup to restore, or a portable file that needs a practice."""
        if file.suffix.lower() == BACKUP:
            self._backup = file
            self.copies()
            return Arrival.RESTORE
        if file.suffix.lower() == PORTABLE:
            self._brought = file
            return Arrival.SET_UP
        self._practice = file
        self.people()
        return Arrival.SIGN_IN

    def warm(self) -> None:
        """Import the office while the person is still typing."""
        from clinic.office import booking, clients, practice, sign_in  # noqa: F401 - imported to be there


def _seat(desk: Desk, person: str) -> Seat:
    from clinic.office import practice, sign_in, unfinished

    name = desk.reading(practice.letterhead).name
    return Seat(
        desk,
        name,
        person,
        _find,
        partial(_standing, desk),
        partial(_back_up, desk),
        partial(sign_in.confirm, desk),
        sign_in.allowed(desk),
        unfinished.kept,
    )


def _find(work: Any, words: str) -> tuple[Found, ...]:
    """Find clients, receipts and letters; a receipt opens at the till, a letter on its client's chart."""
    from clinic.office import find
    from clinic.values import LetterId, NoteId
    from clinic.wording import _, day
    from ui.screens.clients.screen import OfLetter
    from ui.screens.note import OfNote
    from ui.screens.till import OfReceipt

    groups = {
        find.What.CLIENT: (_("Clients"), "user"),
        find.What.RECEIPT: (_("Receipts"), "receipt-text"),
        find.What.LETTER: (_("Letters"), "file-text"),
        find.What.NOTE: (_("Notes"), "notebook-pen"),
    }

    def found(hit: find.Hit) -> Found:
        group, icon = groups[hit.what]
        if hit.what is find.What.RECEIPT:
            return Found(group, hit.title, "till", OfReceipt(hit.id), hit.detail, icon)
        if hit.what is find.What.LETTER:
            return Found(
                group, hit.title, "clients", OfLetter(hit.client, LetterId(hit.id)), hit.detail, icon
            )
        if hit.what is find.What.NOTE:
            of_note = OfNote(NoteId(hit.id))
            return Found(
                group,
                f"{hit.title}, {day(hit.on)}" if hit.on else hit.title,
                "note",
                of_note,
                hit.detail,
                icon,
            )
        return Found(group, hit.title, "clients", hit.client, hit.detail, icon)

    return tuple(found(hit) for hit in find.anything(work, words))


def _standing(desk: Desk) -> Standing:
    from clinic.office import custody

    return Standing(*custody.last_times(desk))


def _back_up(desk: Desk) -> bool:
    """Make a copy if one is due; whoever may not leaves it to the others."""
    from clinic.office import custody

    try:
        return custody.back_up_if_due(desk)
    except Refusal:
        return False
