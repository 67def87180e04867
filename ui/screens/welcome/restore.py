"""The way back when a practice file is damaged, lost, or was spoilt: a backup, looked at first, then restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from clinic.wording import _, moment, ngettext
from clinic.wording.refusals import sentence
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, row
from ui.widgets.fields import Choice, Line, Password
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.values import Refusal, Trouble
    from ui.front import Copy, FrontDoor, Loss, Seat
    from ui.runner import Runner

FIELDS = {
    "wrong_password": "password",
    "too_many_tries": "password",
    "wrong_recovery_key": "recovery_key",
    "recovery_key_mistyped": "recovery_key",
}
"""Where it is said what did not open the backup."""


class Restore(Card):
    """First what would be lost, then the restore; whatever is in place now is kept beside it."""

    seated = Signal(object)
    back = Signal()

    def __init__(self, front: FrontDoor, runner: Runner) -> None:
        super().__init__(_("Restore a backup"), margin=24)
        self._front, self._runner = front, runner
        self._foreseen = False
        self.copies = Choice()
        self.person = Choice()
        self.key = Line()
        self.password = Password()
        self.reason = Line(hint=_("The laptop fell"))
        self.form = Form()
        self.form.add("copy", _("Which backup"), self.copies)
        self.form.add("person", _("Who you are"), self.person)
        self.form.add("recovery_key", _("Recovery key, from the paper"), self.key).hide()
        self.form.add("password", _("Your password at that time"), self.password)
        self.form.add("reason", _("Why"), self.reason)
        self._told = text.label("", wrap=True)
        self.go_on = primary(_("See what would be lost"), self._go_on)
        self.go_on.setEnabled(False)
        self.add(self.form, self._told)
        foot = row(quiet(_("Back"), self.back.emit))
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        self.body.addLayout(foot)
        self.copies.currentIndexChanged.connect(lambda _at: self._chosen())
        for line in (self.key, self.password, self.reason):
            line.textEdited.connect(lambda _typed: self._begin_again())
            line.returnPressed.connect(self._go_on)
        self.person.currentIndexChanged.connect(lambda _at: self._named())
        self.setFocusProxy(self.password)
        runner.outside(lambda _progress: front.copies(), self._offer, self._refused)

    def _offer(self, copies: tuple[Copy, ...]) -> None:
        self.copies.offer([(moment(copy.taken_at.replace(tzinfo=None)), copy) for copy in copies])
        self.go_on.setEnabled(bool(copies))
        if not copies:
            said = _(
                "No backup lies beside the practice. Go back, choose Another practice, and open its file."
            )
            self._told.setText(said)

    def _chosen(self) -> None:
        copy: Copy | None = self.copies.currentData()
        if copy is not None:
            by_key = (_("No password is known: use the recovery key"), "")
            self.person.offer([*((name, name) for name in copy.people), by_key])
        self._named()

    def _named(self) -> None:
        """Ask for what this person has: a password of that time, or the printed key and a password from now on."""
        by_key = self._by_key
        self.form["recovery_key"].setVisible(by_key)
        self.form["password"].rename(_("New password") if by_key else _("Your password at that time"))
        self._begin_again()

    @property
    def _by_key(self) -> bool:
        return self.copies.currentData() is not None and not self.person.currentData()

    def _begin_again(self) -> None:
        self._foreseen = False
        self.go_on.say(_("See what would be lost"))
        self._told.setText("")

    def _go_on(self) -> None:
        copy: Copy | None = self.copies.currentData()
        if copy is None or not self.go_on.isEnabled():
            return
        self.form.clear_messages()
        person, password, reason = self.person.currentData(), self.password.text(), self.reason.text()
        key = self.key.text() if self._by_key else ""
        if self._by_key and not key.strip():
            self.form["recovery_key"].say(_("Type the key from the paper."))
            return
        self.go_on.setEnabled(False)
        if self._foreseen:
            self._runner.outside(
                lambda _progress: self._front.restore(copy, person, password, reason, key),
                self._restored,
                self._refused,
                words=_("Restoring"),
            )
        else:
            self._runner.outside(
                lambda _progress: self._front.foresee(copy, person, password, key), self._tell, self._refused
            )

    def _tell(self, loss: Loss) -> None:
        steps = ngettext(
            "One thing done since then would be lost", "{n} things done since then would be lost", loss.steps
        ).format(n=loss.steps)
        papers = ngettext("one receipt given", "{n} receipts given", loss.papers).format(n=loss.papers)
        if not loss.steps:
            said = _("As far as can be told nothing would be lost.")
        elif loss.papers:
            said = _("{steps}, among them {papers}. Their numbers are not given again.")
        else:
            said = _("{steps}.")
        kept = _("The file in place now is kept beside the restored one.")
        self._told.setText(said.format(steps=steps, papers=papers) + " " + kept)
        self._foreseen = True
        self.go_on.say(_("Restore this backup"))
        self.go_on.setEnabled(True)

    def _restored(self, seat: Seat) -> None:
        self.seated.emit(seat)

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.go_on.setEnabled(True)
        self.form.refuse(FIELDS.get(said_no.code, said_no.at), sentence(said_no))
