"""The panels beside the lists: all drafts at once, and the words they are made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clinic.office import drafts
from clinic.office.drafts import AGAIN, PARTS, VISIT
from clinic.wording import _, ngettext
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.theme import theme
from ui.undo import Step
from ui.widgets import text
from ui.widgets.buttons import Segments, primary
from ui.widgets.cards import column
from ui.widgets.fields import Line
from ui.widgets.folder import FolderForm
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from clinic.office.drafts import Wanted, Written
    from clinic.values import Progress, Refusal, Trouble
    from ui.screen import Counter


class AllDrafts(QWidget):
    """Writes a draft for everybody on the list who has not been reached."""

    def __init__(self, counter: Counter, wanted: tuple[Wanted, ...], mails: int, on: date) -> None:
        super().__init__()
        self._counter, self._wanted = counter, wanted
        proposed = _("Reminders {day}").format(day=on.isoformat())
        self.folder = FolderForm(proposed, _("Where the drafts go"), self._write)
        few = ngettext("{n} email", "{n} emails", mails).format(n=mails)
        others = len(wanted) - mails
        many = ngettext("{n} text message", "{n} text messages", others).format(n=others)
        told = _(
            "Each email becomes a file that your mail program opens unsent, with an entry for the calendar. "
            "Text messages are written into one list. Nothing about health is in any of them."
        )
        self.write = primary(_("Write the drafts"), self._write)
        head = Head(_("All drafts"), _("{mails}, {texts}").format(mails=few, texts=many), counter.hide_panel)
        lines = column(head, text.soft(told, wrap=True), self.folder, spacing=16, margin=18)
        lines.addWidget(self.write)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("All drafts"))
        self.setFocusProxy(self.write)

    def _write(self) -> None:
        folder = self.folder.folder
        if folder is None:
            return
        self.write.setEnabled(False)
        self._counter.runner.long_do(
            partial(_write_all, folder=folder, wanted=self._wanted),
            partial(self._written, folder),
            self._refused,
            words=_("Writing drafts"),
        )

    def _refused(self, said_no: Refusal | Trouble) -> None:
        self.write.setEnabled(True)
        self.folder.refuse(said_no)

    def _written(self, folder: Path, written: Written) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        many = written.mails + written.texts
        said = ngettext("{n} draft is in the folder.", "{n} drafts are in the folder.", many).format(n=many)
        back = partial(drafts.take_back, recorded=written.recorded)
        self._counter.toast(said, Step(_("note of drafts"), lambda: runner.do(back, _nothing)))


def _write_all(desk: Any, progress: Progress, *, folder: Path, wanted: tuple[Wanted, ...]) -> Written:
    return drafts.write_all(desk, folder, wanted, progress)


class Words(QWidget):
    """The practice's own words for reminders."""

    def __init__(self, counter: Counter, said: dict[str, dict[str, str]], done: Callable[[], object]) -> None:
        super().__init__()
        self._counter, self._said, self._done = counter, said, done
        self.kinds = Segments(
            ((VISIT, _("A visit ahead")), (AGAIN, _("Coming again"))), _("What it is about")
        )
        self.kinds.switched.connect(lambda _kind: self._fill())
        self.subject = Line()
        self.mail, self.text_ = QPlainTextEdit(), QPlainTextEdit()
        self.mail.setMinimumHeight(theme.px(180))
        self.text_.setMinimumHeight(theme.px(84))
        for edit in (self.mail, self.text_):
            edit.setTabChangesFocus(True)
        self._form = Form()
        self._form.add("subject", _("Subject of the email"), self.subject)
        self._form.add("mail", _("Email"), self.mail)
        self._form.add("text", _("Text message"), self.text_)
        names = ", ".join(
            f"{{{name}}}" for name in ("name", "when", "day", "time", "therapist", "phone", "practice")
        )
        told = _("Filled in for each client: {names}. Words about health are refused.").format(names=names)
        head = Head(_("Words of reminders"), _("What the drafts say"), counter.hide_panel)
        lines = column(head, self.kinds, self._form, text.caption(told, wrap=True), spacing=14, margin=18)
        lines.addWidget(primary(_("Say it like this"), self._keep))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Words of reminders"))
        self.setFocusProxy(self.subject)
        self._fill()

    def _fill(self) -> None:
        said = self._said[self.kinds.chosen]
        self._form.clear_messages()
        self.subject.setText(said["subject"])
        self.subject.setCursorPosition(0)
        self.mail.setPlainText(said["mail"])
        self.text_.setPlainText(said["text"])

    def _keep(self) -> None:
        typed = (self.subject.text(), self.mail.toPlainText(), self.text_.toPlainText())
        changes = dict(zip(PARTS, typed, strict=True))
        kind = self.kinds.chosen
        task = partial(drafts.change_templates, kind=kind, changes=changes)
        self._counter.runner.do(task, self._kept, self._refused)

    def _kept(self, before: dict[str, Any] | None) -> None:
        runner = self._counter.runner
        self._counter.hide_panel()
        back = partial(drafts.put_templates_back, before=before)
        self._counter.toast(
            _("Reminders say this from now on."),
            Step(_("change of words"), lambda: runner.do(back, _nothing)),
        )
        self._done()

    def _refused(self, refusal: Refusal) -> None:
        self._form.refuse(refusal.at, sentence(refusal))


def _nothing(_answer: object) -> None:
    """Say nothing: the lists show it."""
