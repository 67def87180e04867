"""Signing in: who, and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from clinic.wording import _
from ui.widgets.buttons import Segments, link, primary
from ui.widgets.cards import Card
from ui.widgets.fields import Choice, Password
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 3


class SignIn(Card):
    """Takes the password at once, and asks who it is as soon as it knows that there is more than one."""

    given = Signal(str, str)
    lost = Signal()
    other = Signal()
    restore = Signal()

    def __init__(self) -> None:
        super().__init__(_("Sign in"), margin=24)
        self._people: tuple[str, ...] = ()
        self.password = Password()
        self._few = Segments([], _("Who signs in"))
        self._few.switched.connect(lambda _name: self.password.setFocus())
        self._few.hide()
        self._many = Choice()
        self.form = Form()
        self.form.add("person", _("Who signs in"), self._many).hide()
        self.form.add("password", _("Password"), self.password)
        self.go_on = primary(_("Sign in"), self._give)
        self.add(self._few, self.form, self.go_on)
        self.body.addLayout(
            Flow(
                link(_("Use the recovery key"), self.lost.emit),
                link(_("Restore a backup"), self.restore.emit),
                link(_("Another practice"), self.other.emit),
                spacing=16,
            )
        )
        self.password.returnPressed.connect(self._give)
        self.setFocusProxy(self.password)

    def offer_people(self, people: Sequence[str]) -> None:
        """Ask who it is where there is more than one; name the only person."""
        self._people = tuple(people)
        if len(people) == 1:
            self.form["password"].rename(_("Password of {name}").format(name=people[0]))
        elif len(people) <= FEW:
            self._few.offer([(name, name) for name in people])
        else:
            self._many.offer([(name, name) for name in people])
        self._few.setVisible(1 < len(people) <= FEW)
        self.form["person"].setVisible(len(people) > FEW)

    @property
    def person(self) -> str:
        """Who says they are there."""
        if len(self._people) > FEW:
            return str(self._many.currentData())
        return self._few.chosen or next(iter(self._people), "")

    def wait(self, *, waiting: bool) -> None:
        """Take no second password while the first is tried."""
        self.go_on.setEnabled(not waiting)
        self.go_on.say(_("Opening the practice") if waiting else _("Sign in"))

    def refuse(self, words: str) -> None:
        """Say beside the password why it did not open."""
        self.wait(waiting=False)
        self.form["password"].say(words)
        self.password.selectAll()
        self.password.setFocus()

    def _give(self) -> None:
        if self.go_on.isEnabled():
            self.form.clear_messages()
            self.wait(waiting=True)
            self.given.emit(self.person, self.password.text())
