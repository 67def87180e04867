"""The page before the counter: it shows one card at a time and hands over whoever is seated."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.dialogs import tell_no
from ui.front import Arrival
from ui.screens.welcome.choices import Choices
from ui.screens.welcome.recovery import Recover, RecoveryKey
from ui.screens.welcome.restore import Restore
from ui.screens.welcome.set_up import SetUp
from ui.screens.welcome.sign_in import SignIn
from ui.theme import theme
from ui.widgets import text
from ui.widgets.busy import BusyBar
from ui.widgets.cards import Page

if TYPE_CHECKING:
    from clinic.values import Refusal, Trouble
    from ui.front import FrontDoor, Made, Wanted
    from ui.runner import Job, Runner

WIDTH = 440


class Welcome(QWidget):
    """What stands before the counter."""

    seated = Signal(object)
    """The Seat of whoever got in."""

    def __init__(self, front: FrontDoor, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.front = front
        self._runner = runner
        self._busy = BusyBar(runner, self)
        self._sheet = QWidget()
        self._lines = QVBoxLayout(self._sheet)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.card: QWidget = QWidget()
        page = Page(margin=24)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addStretch(1)
        head.addWidget(text.Glyph("mark", "accent", 28))
        head.addWidget(text.title(QApplication.applicationDisplayName()))
        head.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sheet)
        middle.addStretch(1)
        page.body.addStretch(2)
        page.body.addLayout(head)
        page.body.addSpacing(8)
        page.body.addLayout(middle)
        page.body.addWidget(self._busy, 0, Qt.AlignmentFlag.AlignHCenter)
        page.body.addStretch(3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(page)
        self.arrive(front.arrival())
        runner.slow.connect(self._show_busy)

    def arrive(self, arrival: Arrival) -> None:
        """Show what someone who arrives is shown first."""
        match arrival:
            case Arrival.CHOICES:
                self._offer_choices()
            case Arrival.SET_UP:
                self._set_up()
            case Arrival.SIGN_IN:
                self._sign_in()
            case Arrival.RESTORE:
                self._restore()

    def _show(self, card: QWidget) -> None:
        """Put a card in place of the one there."""
        self._lines.removeWidget(self.card)
        self.card.hide()
        self.card.deleteLater()
        self.card = card
        self._lines.addWidget(card)
        self._measure()
        card.setFocus()

    def _offer_choices(self) -> None:
        choices = Choices()
        choices.demo.connect(self._demo)
        choices.set_up.connect(self._set_up)
        choices.open.connect(self._open)
        self._show(choices)

    def _demo(self) -> None:
        job = self._runner.outside(
            self.front.demo,
            self.seated.emit,
            self._say_trouble,
            words=_("Making the demo practice"),
            stoppable=True,
        )
        self._busy.show_job(job)

    def _open(self) -> None:
        asking = QFileDialog(self, _("Open or import"))
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.fileSelected.connect(self.open_file)
        asking.open()

    def open_file(self, file: str) -> None:
        """Take a file someone chose or dropped."""
        self._runner.outside(lambda _progress: self.front.open(Path(file)), self.arrive, self._say_trouble)

    def _set_up(self) -> None:
        card = SetUp(self.front, self._runner)
        card.back.connect(self._offer_choices)
        card.wanted.connect(partial(self._make, card))
        self._show(card)

    def _make(self, card: SetUp, wanted: Wanted) -> None:
        def refused(said_no: Refusal | Trouble) -> None:
            card.go_on.setEnabled(True)
            card.form.refuse(said_no.at, sentence(said_no))

        card.go_on.setEnabled(False)
        self._runner.outside(
            lambda _progress: self.front.set_up(wanted), self._made, refused, words=_("Making the practice")
        )

    def _made(self, made: Made) -> None:
        card = RecoveryKey(made.recovery_key)
        card.confirmed.connect(partial(self._finish, made))
        self._show(card)

    def _finish(self, made: Made) -> None:
        self._runner.outside(lambda _progress: made.finish(), self.seated.emit, self._say_trouble)

    def _sign_in(self) -> None:
        card = SignIn()

        def refused(said_no: Refusal | Trouble) -> None:
            card.refuse(sentence(said_no))

        def given(person: str, password: str) -> None:
            self._runner.outside(
                lambda _progress: self.front.sign_in(person, password), self.seated.emit, refused
            )

        card.given.connect(given)
        card.lost.connect(self._recover)
        card.other.connect(self._offer_choices)
        card.restore.connect(self._restore)
        self._show(card)
        self._runner.outside(lambda _progress: self.front.people(), card.offer_people, self._say_trouble)

    def _recover(self) -> None:
        card = Recover()

        def refused(said_no: Refusal | Trouble) -> None:
            card.form.refuse(said_no.at, sentence(said_no))

        def given(key: str, password: str) -> None:
            self._runner.outside(
                lambda _progress: self.front.recover(key, password), self.seated.emit, refused
            )

        card.given.connect(given)
        card.back.connect(self._sign_in)
        self._show(card)

    def _restore(self) -> None:
        card = Restore(self.front, self._runner)
        card.back.connect(lambda: self.arrive(self.front.arrival()))
        card.seated.connect(self.seated)
        self._show(card)

    def _say_trouble(self, said_no: Refusal | Trouble) -> None:
        tell_no(self, said_no)

    def _show_busy(self, job: Job) -> None:
        if self.isVisible():
            self._busy.show_job(job)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self._sheet.setFixedWidth(min(theme.px(WIDTH), 900))
