"""A medicine by name: offered as one types, asked about where nobody knows it, with its dose and days if wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from clinic.office.forms import Part, PartKind, is_known, medicines
from ui.asking.control import Press
from ui.asking.groups import Group
from ui.widgets import text
from ui.widgets.buttons import icon_only
from ui.widgets.cards import column, row
from ui.widgets.fields import Line
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.asking.control import Manner

ASKED_FURTHER = ("dose", "route", "site", "last", "started", "stopped", "inr")


class MedicineLine(Line):
    """Where a name is typed; what may be meant is offered under it, and Enter takes what stands there."""

    named = Signal(str)

    def __init__(self, part: Part, manner: Manner) -> None:
        super().__init__("", manner.word("medicine_hint"))
        self.setAccessibleName(manner.say(part.text))
        self.setProperty("touch", manner.touch)
        self.setMaxLength(120)
        self._manner = manner
        self.offers = QWidget()
        self._flow = Flow(spacing=6)
        self.offers.setLayout(self._flow)
        self.offers.hide()
        self.textEdited.connect(self._offer)
        self.installEventFilter(self)

    def _offer(self, typed: str) -> None:
        text.clear(self._flow)
        found = medicines(typed)
        for name, _classes in found:
            self._flow.addWidget(Press(name.capitalize(), self._manner, "", partial(self._take, name)))
        wanted = typed.strip()
        if wanted and wanted.casefold() not in {name for name, _classes in found}:
            words = f"{self._manner.word('add')} “{wanted}”"
            self._flow.addWidget(Press(words, self._manner, "", lambda: self._take(wanted)))
        self.offers.setVisible(bool(wanted))

    def _take(self, name: str) -> None:
        self.clear()
        self.offers.hide()
        text.clear(self._flow)
        self.named.emit(name[:1].upper() + name[1:])
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed on Enter: the one offered, or the name as it stands."""
        typed = self.text().strip()
        if (
            typed
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            found = [name for name, _classes in medicines(typed)]
            self._take(found[0] if len(found) == 1 else typed)
            return True
        return super().eventFilter(watched, event)


class MedicineCard(QFrame):
    """One medicine on the list."""

    changed = Signal()

    def __init__(self, part: Part, manner: Manner, item: dict[str, Any]) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(item["name"])
        self.name = item["name"]
        by_key = {each.key: each for each in part.parts}
        self._known = is_known(self.name)
        self.classes = Group(
            Part(part.key, PartKind.GROUP, by_key["class"].text, parts=(by_key["class"],)), manner
        )
        further = tuple(by_key[key] for key in ASKED_FURTHER)
        self.details = Group(Part(part.key, PartKind.GROUP, part.text, parts=further), manner)
        for group in (self.classes, self.details):
            group.show_answer(item)
            group.changed.connect(self.changed)
        self.away = icon_only("x", manner.word("remove", what=self.name))
        self.away.setAutoDefault(False)
        more = Press(manner.word("more"), manner, "plain", self._toggle)
        top = row(text.strong(self.name), spacing=8)
        top.addStretch(1)
        top.addWidget(more)
        top.addWidget(self.away)
        lines = column(spacing=8, margin=10)
        lines.addLayout(top)
        if not self._known:
            said = "unknown_medicine" if manner.may_judge else "asked_by_therapist"
            lines.addWidget(text.soft(manner.word(said), wrap=True))
        lines.addWidget(self.classes)
        lines.addWidget(self.details)
        self.setLayout(lines)
        self.classes.setVisible(not self._known and manner.may_judge)
        self.details.setVisible(any(key in item for key in ASKED_FURTHER))

    def _toggle(self) -> None:
        self.details.setVisible(self.details.isHidden())

    @property
    def answer(self) -> dict[str, Any]:
        """What is known of this medicine."""
        said = {**(self.classes.answer or {}), **(self.details.answer or {})}
        return {"name": self.name, **said}
