"""Picking a client while typing, or taking a new one on in the same place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clinic.office import clients
from clinic.wording import _, day
from ui.theme import theme
from ui.widgets import text
from ui.widgets.fields import Search

if TYPE_CHECKING:
    from clinic.office.clients import Found
    from clinic.values import ClientId
    from ui.runner import Runner

MOST = 6
FOUND = Qt.ItemDataRole.UserRole


class ClientPicker(QWidget):
    """A search line with its suggestions; the last of them takes on somebody new."""

    picked = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.client: ClientId | None = None
        self._search = Search(_("Name, phone or day of birth"))
        self._search.textEdited.connect(self._typed)
        self._search.returnPressed.connect(self._take_first)
        self._search.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Clients found"))
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)
        self._list.hide()
        self._missing = text.caption()
        self._missing.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self._search, self._list, self._missing):
            lines.addWidget(part)
        self.setFocusProxy(self._search)

    def choose(self, client: ClientId, name: str) -> None:
        """Show a client as picked."""
        self.client = client
        self._search.setText(name)
        self._list.hide()
        self.picked.emit(client)

    def _typed(self, typed: str) -> None:
        self.client = None
        self._missing.hide()
        if typed.strip():
            query = partial(clients.search, typed=typed, limit=MOST)
            self._runner.ask(query, self._show, latest="booking/clients")
        else:
            self._list.hide()

    def _show(self, found: tuple[Found, ...]) -> None:
        self._list.clear()
        for person in found:
            told = ", ".join(part for part in (person.phone, day(person.born) if person.born else "") if part)
            item = QListWidgetItem(f"{person.name}   {told}" if told else person.name)
            item.setData(FOUND, person)
            self._list.addItem(item)
        new = QListWidgetItem(_("New client: {name}").format(name=self._search.text().strip()))
        self._list.addItem(new)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(self._list.count() * theme.px(28) + 4)
        self._list.show()

    def _take_first(self) -> None:
        if self.client is None and self._list.isVisible() and self._list.currentItem() is not None:
            self._take(self._list.currentItem())

    def _take(self, item: QListWidgetItem) -> None:
        person: Found | None = item.data(FOUND)
        if person is not None:
            self.choose(person.id, person.name)
            return
        given, _space, family = self._search.text().strip().rpartition(" ")
        task = partial(clients.create, given_name=given, family_name=family)
        self._runner.do(task, partial(self._taken_on, self._search.text().strip()))

    def _taken_on(self, name: str, client: ClientId) -> None:
        self.choose(client, name)
        self._missing.setText(_("Taken on with the name alone: phone and screening are still missing."))
        self._missing.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move through the suggestions while the line keeps the focus."""
        arrows = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._list.isVisible():
            step = arrows.get(Qt.Key(event.key()))
            if step is not None:
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
        return super().eventFilter(watched, event)
