"""What the window remembers between sittings: how it stood and looked; never anything of a client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QSplitter, QWidget

    from ui.theme import Mode

MODES: tuple[Mode, ...] = ("system", "light", "dark")
LOCK_MINUTES = (1, 2, 5, 10, 15)
USUAL_LOCK_MINUTES = 5
COLUMN = re.compile(r"(\d+):(\d+)")


class Memory:
    """A small settings file in the platform's folder."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the system."""
        kept = self._settings.value("look/mode", "system")
        return next((mode for mode in MODES if mode == kept), "system")

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("look/mode", mode)

    @property
    def percent(self) -> int:
        """The size of text."""
        return self._number("look/percent", 100)

    @percent.setter
    def percent(self, percent: int) -> None:
        self._settings.setValue("look/percent", percent)

    @property
    def lock_minutes(self) -> int:
        """After how many idle minutes the window locks."""
        return min(LOCK_MINUTES[-1], max(LOCK_MINUTES[0], self._number("lock/minutes", USUAL_LOCK_MINUTES)))

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._settings.setValue("lock/minutes", minutes)

    @property
    def last_place(self) -> str:
        """The screen shown last."""
        return str(self._settings.value("window/place", ""))

    @last_place.setter
    def last_place(self, key: str) -> None:
        self._settings.setValue("window/place", key)

    @property
    def calendar_view(self) -> str:
        """How much of the calendar lay open last."""
        return str(self._settings.value("calendar/view", ""))

    @calendar_view.setter
    def calendar_view(self, view: str) -> None:
        self._settings.setValue("calendar/view", view)

    def keep_window(self, window: QWidget) -> None:
        """Remember where the window stood."""
        self._settings.setValue("window/geometry", window.saveGeometry())

    def place_window(self, window: QWidget) -> bool:
        """Put the window where it stood; False at the first start."""
        kept = self._settings.value("window/geometry")
        return isinstance(kept, QByteArray) and window.restoreGeometry(kept)

    def keep_columns(self, name: str, widths: Mapping[int, int]) -> None:
        """Remember the columns of a table that were drawn to a width by hand."""
        said = ",".join(f"{at}:{width}" for at, width in sorted(widths.items()))
        self._settings.setValue(f"columns/{name}", said)

    def columns(self, name: str) -> dict[int, int]:
        """Recall the columns of a table that were drawn by hand, and how wide."""
        kept = str(self._settings.value(f"columns/{name}", ""))
        return {int(at): int(width) for at, width in COLUMN.findall(kept)}

    def keep_widths(self, name: str, part: QSplitter) -> None:
        """Remember how a splitter is divided."""
        self._settings.setValue(f"widths/{name}", part.saveState())

    def put_widths(self, name: str, part: QSplitter) -> None:
        """Divide a splitter as it was."""
        kept = self._settings.value(f"widths/{name}")
        if isinstance(kept, QByteArray):
            part.restoreState(kept)

    def _number(self, key: str, usual: int) -> int:
        kept = str(self._settings.value(key, usual))
        return int(kept) if kept.isdigit() else usual
