"""The recovery key: shown once and typed back when a practice is made; the way in without a password."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QTextDocument
from PySide6.QtWidgets import QFrame

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, column, row
from ui.widgets.fields import Line, Password
from ui.widgets.forms import Form


def letters(typed: str) -> str:
    """Keep of a typed key what counts: neither case, nor hyphens, nor spaces."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


class RecoveryKey(Card):
    """Shows the key; set-up ends only when it was written down and typed back."""

    confirmed = Signal()

    def __init__(self, key: str) -> None:
        super().__init__(_("Your recovery key"), margin=24)
        self._key = key
        said = _(
            "If the password is ever lost, this key is the only way in. Print it, and keep it away from here."
        )
        self.add(text.soft(said, wrap=True))
        groups = key.split("-")
        half = (len(groups) + 1) // 2
        halves = "-".join(groups[:half]), "-".join(groups[half:])
        shown = text.label("\n".join(halves), "section", figures=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(_("Recovery key: {key}").format(key=" ".join(key)))
        box = QFrame()
        box.setProperty("role", "sunken")
        box.setLayout(column(shown, margin=16))
        self.add(box)
        doing = row(quiet(_("Print"), self._print, icon="printer"), quiet(_("Copy"), self._copy, icon="copy"))
        doing.addStretch(1)
        self.body.addLayout(doing)
        self.typed = Line()
        self.form = Form()
        self.form.add("recovery_key", _("Type it back from the paper"), self.typed)
        self.typed.textEdited.connect(self._compare)
        self.go_on = primary(_("I have it, open the practice"), self._confirm)
        self.go_on.setEnabled(False)
        self.typed.returnPressed.connect(self._confirm)
        self.add(self.form, self.go_on)
        self.setFocusProxy(self.typed)

    def _compare(self, typed: str) -> None:
        got, wanted = letters(typed), letters(self._key)
        self.go_on.setEnabled(got == wanted)
        wrong = bool(got) and not wanted.startswith(got)
        self.form["recovery_key"].say(_("This differs from the key above.") if wrong else "")

    def _confirm(self) -> None:
        if self.go_on.isEnabled():
            self.go_on.setEnabled(False)
            self.confirmed.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only whoever prints needs it

        printer = QPrinter()
        asking = QPrintDialog(printer, self)

        def put_on_paper() -> None:
            page = QTextDocument()
            page.setDefaultFont(theme.font("section"))
            head = _("Recovery key of this practice. Keep it where the computer is not.")
            page.setPlainText(f"{head}\n\n{self._key}")
            page.setPageSize(printer.pageRect(QPrinter.Unit.Point).size())
            painter = QPainter(printer)
            scale = printer.resolution() / 72
            painter.scale(scale, scale)
            page.drawContents(painter, QRectF())
            painter.end()

        asking.accepted.connect(put_on_paper)
        asking.show()


class Recover(Card):
    """The way in when the password is lost: the printed key, and a new password."""

    given = Signal(str, str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(_("Use the recovery key"), margin=24)
        self.key = Line()
        self.password = Password(_("15 characters or more"))
        self.form = Form()
        self.form.add("recovery_key", _("Recovery key, from the paper"), self.key)
        self.form.add("password", _("New password"), self.password)
        self.go_on = primary(_("Open the practice"), self._give)
        self.add(self.form)
        foot = row(quiet(_("Back"), self.back.emit))
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        self.body.addLayout(foot)
        self.password.returnPressed.connect(self._give)
        self.setFocusProxy(self.key)

    def _give(self) -> None:
        self.form.clear_messages()
        self.given.emit(self.key.text(), self.password.text())
