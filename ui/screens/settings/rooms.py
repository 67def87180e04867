"""The rooms, by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from clinic.office import practice, taking_back
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.screens.settings.section import Section
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card, row
from ui.widgets.fields import Line

if TYPE_CHECKING:
    from clinic.office.practice import Place
    from clinic.values import Refusal, RoomId


class Rooms(Section):
    """A line to a room; what is typed is its name from then on."""

    key: ClassVar[str] = "rooms"
    icon: ClassVar[str] = "door-open"

    @staticmethod
    def title() -> str:
        return _("Rooms")

    def lay_out(self) -> None:
        self.card = Card(_("Rooms with a table"))
        self._told = text.label("", "caption", "refused", wrap=True)
        self._told.hide()
        self.new = Line(hint=_("Name of another room"))
        self.new.setAccessibleName(_("Another room"))
        self.new.returnPressed.connect(self._add)
        self._lines: dict[str, Line] = {}
        self._holder = Card(margin=0)
        self._holder.setProperty("role", "")
        self.card.add(self._holder)
        adding = row(self.new, quiet(_("Add room"), self._add, icon="plus"))
        adding.setStretch(0, 1)
        self.card.body.addLayout(adding)
        self.card.add(self._told)
        self.body.addWidget(self.card)

    def reload(self) -> None:
        """Show the rooms."""
        self.counter.runner.ask(practice.rooms, self._show, latest="settings/rooms")

    def _show(self, rooms: tuple[Place, ...]) -> None:
        if set(self._lines) != {room.id for room in rooms}:
            text.clear(self._holder.body)
            self._lines = {}
            for room in rooms:
                line = Line(room.name)
                line.setAccessibleName(_("Name of the room {name}").format(name=room.name))
                line.editingFinished.connect(partial(self._rename, room.id))
                self._holder.add(line)
                self._lines[room.id] = line
        self._names: dict[str, str] = {room.id: room.name for room in rooms}
        for room in rooms:
            if not self._lines[room.id].hasFocus():
                self._lines[room.id].setText(room.name)
        self._holder.setVisible(bool(rooms))

    def _add(self) -> None:
        name = self.new.text()
        self._told.hide()
        self.counter.runner.do(
            partial(practice.add_room, name=name), partial(self._added, name), self._refused
        )

    def _added(self, name: str, room: RoomId) -> None:
        runner = self.counter.runner
        step = Step(
            _("new room"),
            back=lambda: runner.do(partial(taking_back.room, room=room), self._gone),
            again=lambda: runner.do(partial(practice.add_room, name=name, again=room), self._gone),
        )
        self.new.clear()
        self.counter.toast(_("Room added"), step)

    def _gone(self, _answer: object) -> None:
        """Wait for no answer: the lines show it."""

    def _rename(self, room: RoomId) -> None:
        name = self._lines[room].text().strip()
        if name != self._names[room]:
            self._names[room] = name
            task = partial(practice.rename_room, room=room, name=name)
            self.counter.runner.do(task, partial(self._renamed, room, name), self._refused)

    def _renamed(self, room: RoomId, name: str, before: str) -> None:
        runner = self.counter.runner
        step = Step(
            _("new name of room"),
            back=lambda: runner.do(partial(practice.rename_room, room=room, name=before), lambda _n: None),
            again=lambda: runner.do(partial(practice.rename_room, room=room, name=name), lambda _n: None),
        )
        self.counter.toast(_("Room renamed"), step)

    def _refused(self, refusal: Refusal) -> None:
        self._told.setText(sentence(refusal))
        self._told.show()
