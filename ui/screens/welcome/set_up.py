"""Setting up a practice: four questions, the rest can wait."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import Signal

from clinic.wording import _
from ui.front import Wanted
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import Card, row
from ui.widgets.fields import Choice, Line, Password
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from ui.front import FrontDoor
    from ui.runner import Runner


class SetUp(Card):
    """The four questions."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self, front: FrontDoor, runner: Runner) -> None:
        super().__init__(_("Set up my practice"), margin=24)
        self._front = front
        self._runner = runner
        self._name = Line(hint=_("Fern & Harbor Massage"))
        self._owner = Line(hint=_("First and family name"))
        self._zone = Choice()
        self._password = Password(_("15 characters or more"))
        self.form = Form()
        self.form.add("name", _("Name of the practice"), self._name, check=self._check_name)
        self.form.add("owner", _("Your name"), self._owner, check=self._check_owner)
        self.form.add("time_zone", _("Time zone"), self._zone)
        self.form.add("password", _("Password"), self._password)
        self.go_on = primary(_("Make the practice"), self._go_on)
        foot = row(quiet(_("Back"), self.back.emit))
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        self.add(self.form, link(_("Make up six words for me"), self._suggest))
        self.add(
            text.caption(_("Everything stays on this computer, encrypted with this password."), wrap=True)
        )
        self.body.addLayout(foot)
        self._password.returnPressed.connect(self._go_on)
        self.setFocusProxy(self._name)
        runner.outside(
            lambda _progress: (front.time_zone(), sorted(available_timezones())), self._offer_zones
        )

    def _offer_zones(self, zones: tuple[str, list[str]]) -> None:
        here, known = zones
        self._zone.offer([(zone.replace("_", " "), zone) for zone in known])
        self._zone.choose(here)

    def _suggest(self) -> None:
        self._runner.outside(lambda _progress: self._front.suggest(), self._show_words)

    def _show_words(self, words: str) -> None:
        self._password.setText(words)
        self._password.show_typed()

    def _check_name(self) -> str:
        return "" if self._name.text().strip() else _("A name is needed.")

    def _check_owner(self) -> str:
        return "" if self._owner.text().strip() else _("A name is needed.")

    def _go_on(self) -> None:
        self.form.clear_messages()
        zone = self._zone.currentData() or "UTC"
        self.wanted.emit(
            Wanted(self._name.text().strip(), self._owner.text().strip(), str(zone), self._password.text())
        )
