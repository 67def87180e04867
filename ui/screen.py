"""What a screen is to the window, and what the window is to a screen."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.values import Topic
    from ui.front import Seat
    from ui.memory import Memory
    from ui.runner import Runner
    from ui.undo import Step


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a screen can start from anywhere; it stands in the New menu and in find anything."""

    words: str
    icon: str
    shortcut: str
    what: object
    """What the screen is opened on, by its `set_context`."""
    needs: str = ""
    """The permission without which it is not offered."""


class Counter(Protocol):
    """What the window does for its screens."""

    runner: Runner
    seat: Seat
    memory: Memory
    """What the window keeps of its own look, on this computer only."""

    def go(self, place: str, what: object = None) -> None:
        """Open another screen, on a thing where one is given."""

    def show_panel(self, panel: QWidget, *, severity: str = "") -> None:
        """Put a panel at the right, in place of the one there; the severity tints its edge."""

    def shown_panel(self) -> QWidget | None:
        """Tell what stands in the panel at the right."""

    def stay(self, page: QWidget | None) -> None:
        """Keep what is filled in on a screen's own page, as what is filled in beside it; None once it is done."""

    def tint_panel(self, severity: str) -> None:
        """Let the edge of the panel tell the gravest flag of what stands there."""

    def hide_panel(self) -> None:
        """Close the panel at the right."""

    def cover(self, kiosk: QWidget) -> None:
        """Give the whole window to a client, until the password is given."""

    def toast(self, words: str, step: Step | None = None) -> None:
        """Say what was done, with Undo where it can be taken back."""

    def lock_after(self, minutes: int) -> None:
        """Lock by itself after this many idle minutes."""


class Screen(QWidget):
    """One place of the rail. It wires and does not decide; it is made when first opened."""

    key: ClassVar[str]
    """Names the screen for `go` and for the last view."""
    icon: ClassVar[str]
    topics: ClassVar[frozenset[Topic]] = frozenset()
    """What the screen shows: it reloads when one of these was touched."""
    shortcut: ClassVar[str] = ""
    """Keys that open the screen from anywhere, besides Alt and its number."""
    under: ClassVar[str] = ""
    """The place of the rail it belongs to, where it has none of its own; it is reached from other screens only."""
    home: ClassVar[object] = None
    """What the screen is opened on by its keys and at the rail, where no one thing is meant."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.counter = counter
        self.runner = counter.runner
        self.setObjectName("canvas")
        self.setAccessibleName(self.title())

    @staticmethod
    @abstractmethod
    def title() -> str:
        """Give the word at the rail, in the language spoken now."""

    @abstractmethod
    def reload(self) -> None:
        """Ask again for what is shown; called when the screen is opened and when its topics were touched."""

    def set_context(self, what: object) -> None:
        """Open on a thing: a client, a visit; called by `go` before `reload`."""

    def beside_rail(self) -> QWidget | None:
        """Give what stands at the rail while the screen is shown, below the places."""
        return None

    @classmethod
    def offers(cls) -> tuple[Offer, ...]:
        """Name what can be started here from anywhere."""
        return ()

    def reopen(self, form: str, of: Mapping[str, str]) -> None:
        """Open a form again that was being filled in here, by its name and the ids it is about."""

    def keep(self) -> None:
        """Put unfinished work in safety; called before the window locks, while tasks are still taken."""
