"""What the counter needs behind it: a desk to work at, a front door, the window's own two questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from clinic.values import Progress, Topic

T = TypeVar("T")


class Desk(Protocol):
    """A signed-in person's place at the practice file; each call is one piece of work, from any thread."""

    def reading(self, query: Callable[[Any], T], /) -> T:
        """Look something up in a work that changes nothing."""

    def writing(self, task: Callable[[Any], T], /) -> tuple[T, Collection[Topic]]:
        """Do a task in one transaction and say which topics it touched."""

    def close(self) -> None:
        """Close the connection and forget the keys."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found anywhere: where it opens, and what is opened there."""

    group: str
    title: str
    place: str
    what: object = None
    detail: str = ""
    icon: str = "search"
    keys: str = ""
    """The keys that open it without being found first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rail says: the last good backup, the last restore tried, and how much waits at each screen."""

    backed_up: datetime | None = None
    restore_tested: datetime | None = None
    waiting: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who signed in where, and how the window itself asks the office."""

    desk: Desk
    practice: str
    person: str
    find: Callable[[Any, str], tuple[Found, ...]]
    standing: Callable[[], Standing]
    back_up: Callable[[], bool]
    """Make a verified copy if one is due; all of these are called off the window's thread."""
    confirm: Callable[[str], None]
    """Take the password again; a wrong one is a Trouble."""
    may: frozenset[str] | None = None
    """The permissions this person has any reach of; None offers everything."""
    kept_form: Callable[[Any], Any] = lambda _work: None
    """Give back what this person was filling in when the window was locked."""

    def allows(self, needs: str) -> bool:
        """Tell whether something that needs this permission is offered here; the office asks again."""
        return not needs or self.may is None or needs in self.may


@dataclass(frozen=True, slots=True)
class Wanted:
    """The four things a new practice is asked at first start; the rest can wait."""

    name: str
    owner: str
    time_zone: str
    password: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new practice whose recovery key must be typed back before `finish` seats its owner."""

    recovery_key: str
    finish: Callable[[], Seat]


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup at the door: when it was made, and whose passwords open it."""

    path: Path
    taken_at: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore would take away: things done and receipts given since the backup."""

    steps: int = 0
    papers: int = 0


class Arrival(StrEnum):
    """What someone who arrives at the counter is shown first."""

    CHOICES = "choices"
    SET_UP = "set_up"
    SIGN_IN = "sign_in"
    RESTORE = "restore"


class FrontDoor(Protocol):
    """How one gets in. All but `arrival` is called off the window's thread."""

    def arrival(self) -> Arrival:
        """Say whether there is a practice to sign in to, or one is to be chosen or set up first."""

    def people(self) -> tuple[str, ...]:
        """Name those who can sign in."""

    def suggest(self) -> str:
        """Make up a password of six words."""

    def time_zone(self) -> str:
        """Name the machine's time zone, for a new practice."""

    def sign_in(self, person: str, password: str) -> Seat:
        """Seat a person; no name means the only one there is. A wrong password is a Trouble."""

    def recover(self, recovery_key: str, password: str) -> Seat:
        """Seat the owner by the recovery key, with a new password."""

    def set_up(self, wanted: Wanted) -> Made:
        """Make a practice, and import what `open` was given first."""

    def demo(self, progress: Progress) -> Seat:
        """Make the demo practice, or find the one made before, and seat its owner."""

    def copies(self) -> tuple[Copy, ...]:
        """List the backups that can be restored, the newest first, or the one that was opened."""

    def foresee(self, copy: Copy, person: str, password: str, recovery_key: str = "") -> Loss:
        """Say what a restore would take away; a wrong password is a Trouble.

        Where the printed recovery key is given, the password is the owner's new one.
        """

    def restore(self, copy: Copy, person: str, password: str, reason: str, recovery_key: str = "") -> Seat:
        """Put a backup in the practice's place, keep the old file, and seat the person."""

    def open(self, file: Path) -> Arrival:
        """Take a practice file, a backup or a portable file, and say what comes next."""

    def warm(self) -> None:
        """Import what the office needs while the person is still typing."""
