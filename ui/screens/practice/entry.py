"""A few facts to be entered: lines, days and numbers, some of them needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.wording import _
from ui.panel import Head
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from ui.screen import Counter
    from ui.unfinished import Way


@dataclass(frozen=True, slots=True)
class Field:
    """One fact: its key, its words, and what it must be."""

    key: str
    words: str
    day: bool = False
    number: bool = False
    needed: bool = False


class Entry(QWidget):
    """A form for a new thing; what is missing or no number is said under its field."""

    def __init__(
        self,
        counter: Counter,
        title: str,
        fields: Sequence[Field],
        today: date,
        keep: Callable[[Mapping[str, Any]], object],
    ) -> None:
        super().__init__()
        self._fields, self._keep = tuple(fields), keep
        self.way: Way | None = None
        self.form = Form(2)
        self.lines: dict[str, Line] = {}
        for field in fields:
            line = DayLine(today) if field.day else Line()
            self.lines[field.key] = line
            self.form.add(field.key, field.words, line, optional=not field.needed)
        self.save = primary(_("Keep"), self.keep)
        lines = column(Head(title, "", counter.hide_panel), self.form, spacing=14, margin=18)
        lines.addLayout(Flow(self.save, quiet(_("Leave it"), counter.hide_panel)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.lines[fields[0].key])

    def keep(self) -> None:
        """Hand over what is typed, once it is all there."""
        facts: dict[str, Any] = {}
        for field in self._fields:
            value = self._read(field)
            if value is None and (field.needed or self.lines[field.key].text().strip()):
                self.form.refuse(
                    field.key, _("This is needed.") if field.needed else _("This can't be read.")
                )
                return
            if value is not None:
                facts[field.key] = value
        self._keep(facts)

    def _read(self, field: Field) -> Any:
        line = self.lines[field.key]
        if isinstance(line, DayLine):
            return line.day.isoformat() if line.day else None
        typed = line.text().strip()
        if not field.number:
            return typed or None
        try:
            return float(typed.replace(",", "."))
        except ValueError:
            return None
