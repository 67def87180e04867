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
        self.password = Password()
        self.reason = Line(hint=_("The laptop fell"))
        self.form = Form()
        self.form.add("copy", _("Which backup"), self.copies)
        self.form.add("person", _("Who you are"), self.person)
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
        for line in (self.password, self.reason):
            line.textEdited.connect(lambda _typed: self._begin_again())
            line.returnPressed.connect(self._go_on)
        self.person.currentIndexChanged.connect(lambda _at: self._begin_again())
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
            self.person.offer([(name, name) for name in copy.people])
        self._begin_again()

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
        self.go_on.setEnabled(False)
        if self._foreseen:
            self._runner.outside(
                lambda _progress: self._front.restore(copy, person, password, reason),
                self._restored,
                self._refused,
                words=_("Restoring"),
            )
        else:
            self._runner.outside(
                lambda _progress: self._front.foresee(copy, person, password), self._tell, self._refused
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
        at = "password" if said_no.code in {"wrong_password", "too_many_tries"} else said_no.at
        self.form.refuse(at, sentence(said_no))
