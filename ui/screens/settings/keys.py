"""Keys: one's own password, and the recovery key that opens when every password is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from clinic.office import sign_in, upkeep
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.screens.settings.breach import DataBreach
from ui.screens.settings.leave import Gate
from ui.screens.settings.section import Section
from ui.screens.welcome.recovery import RecoveryKey
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card
from ui.widgets.fields import Password
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.values import Refusal, Trouble


class Keys(Section):
    """What opens the practice."""

    key: ClassVar[str] = "keys"
    icon: ClassVar[str] = "lock"

    @staticmethod
    def title() -> str:
        return _("Keys and safety")

    def lay_out(self) -> None:
        self.old, self.new = Password(), Password(_("15 characters or more"))
        self.form = Form(2)
        self.form.add("old", _("Password now"), self.old)
        self.form.add("password", _("New password"), self.new)
        self.change = quiet(_("Change my password"), self._change)
        self.new.returnPressed.connect(self._change)
        mine = Card(_("My password"))
        mine.add(self.form)
        mine.body.addLayout(Flow(quiet(_("Suggest six words"), self._suggest), self.change))
        self.recovery = Card(_("Recovery key"))
        said = _(
            "Printed once when the practice was made. A new one is made when the paper is lost or was seen;"
            " the old one opens nothing any more."
        )
        self.renew = quiet(_("Make a new recovery key"), self._renew)
        self.recovery.add(text.soft(said, wrap=True))
        self.recovery.body.addLayout(Flow(self.renew))
        self._told = text.label("", "body", "refused", wrap=True)
        self._told.hide()
        self.recovery.add(self._told)
        self.shown: RecoveryKey | None = None
        self.body.addWidget(mine)
        self.body.addWidget(Gate(self.leave, self.counter))
        self.body.addWidget(self.recovery)
        self.breach = DataBreach(self.counter)
        self.body.addWidget(self.breach)
        self.leave.changed.connect(self._allow)
        self._allow()

    def reload(self) -> None:
        """Show what is kept of breaches."""
        self.breach.reload()

    def _allow(self) -> None:
        self.renew.setEnabled(self.leave.given)

    def _suggest(self) -> None:
        self.new.setText(sign_in.suggested_password())
        self.new.show_typed()

    def _change(self) -> None:
        self.form.clear_messages()
        task = partial(sign_in.change_password, old=self.old.text(), new=self.new.text())
        self.change.setEnabled(False)
        desk, making = self.counter.seat.desk, _("Making the key")
        self.counter.runner.outside(
            lambda _progress: desk.writing(task), self._changed, self._refused_password, words=making
        )

    def _changed(self, _done: object) -> None:
        self.change.setEnabled(True)
        for line in (self.old, self.new):
            line.clear()
            line.hide_typed()
        self.counter.toast(_("Your new password opens the practice from now on"))

    def _refused_password(self, refusal: Refusal | Trouble) -> None:
        self.change.setEnabled(True)
        self.form.refuse("old" if refusal.code == "wrong_password" else "password", sentence(refusal))

    def _renew(self) -> None:
        self._told.hide()
        task = partial(upkeep.renew_recovery, reason=self.leave.reason)
        self.counter.runner.do(task, self._show_key, self._refused, words=_("Making the key"))

    def _show_key(self, key: str) -> None:
        self.shown = RecoveryKey(key)
        self.shown.go_on.say(_("I have it on paper"))
        self.shown.confirmed.connect(self._put_away)
        self.body.insertWidget(self.body.count() - 1, self.shown)
        self.shown.typed.setFocus()

    def _put_away(self) -> None:
        if self.shown is not None:
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None
        self.counter.toast(_("The new recovery key is the only one that opens"))

    def _refused(self, refusal: Refusal) -> None:
        self._told.setText(sentence(refusal))
        self._told.show()
