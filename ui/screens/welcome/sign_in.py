"""Signing in: who, and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from clinic.wording import _
from ui.widgets.buttons import Segments, link, primary
from ui.widgets.cards import Card, row
from ui.widgets.fields import Choice, Password
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 3


class SignIn(Card):
    """Asks who it is only where there is more than one."""

    given = Signal(str, str)
    lost = Signal()
    other = Signal()

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(_("Sign in"), margin=24)
        self._people = tuple(people)
        self._few: Segments | None = None
        self._many: Choice | None = None
        self.form = Form()
        self.password = Password()
        if 1 < len(people) <= FEW:
            self._few = Segments([(name, name) for name in people], _("Who signs in"))
            self._few.switched.connect(lambda _name: self.password.setFocus())
            self.add(self._few)
        elif len(people) > FEW:
            self._many = Choice([(name, name) for name in people])
            self.form.add("person", _("Name"), self._many)
        name = people[0] if len(people) == 1 else ""
        asked = _("Password of {name}").format(name=name) if name else _("Password")
        self.form.add("password", asked, self.password)
        self.go_on = primary(_("Sign in"), self._give)
        self.add(self.form, self.go_on)
        foot = row(link(_("Use the recovery key"), self.lost.emit))
        foot.addStretch(1)
        foot.addWidget(link(_("Another practice"), self.other.emit))
        self.body.addLayout(foot)
        self.password.returnPressed.connect(self._give)
        self.setFocusProxy(self.password)

    @property
    def person(self) -> str:
        """Who says they are there."""
        if self._few is not None:
            return self._few.chosen
        if self._many is not None:
            return str(self._many.currentData())
        return self._people[0] if self._people else ""

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
