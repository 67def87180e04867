"""The bar of work that takes its time: what it is, how far it is, and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from clinic.wording import _
from ui.widgets import buttons, text

if TYPE_CHECKING:
    from ui.runner import Job, Runner


class BusyBar(QFrame):
    """Shown while a job is slow; a screen with long work shows its own from the start."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self._job: Job | None = None
        self._words = text.label()
        self._figures = text.label("", "caption", "soft", figures=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setMinimumWidth(120)
        self.cancel = buttons.small(_("Cancel"), self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(12)
        for thing in (self._words, self._figures):
            line.addWidget(thing)
        line.addWidget(self._bar, 1)
        line.addWidget(self.cancel)
        runner.ended.connect(self._ended)
        self.hide()

    def show_job(self, job: Job) -> None:
        """Show how a job gets on, until it ends."""
        self._job = job
        words = job.words or _("One moment")
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._figures.setText("")
        self._bar.setRange(0, 0)
        self.cancel.setVisible(job.stoppable)
        self.cancel.setEnabled(True)
        job.stepped.connect(self._step)
        self.show()
        self.raise_()

    def _step(self, done: int, whole: int) -> None:
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        self.cancel.setEnabled(self.cancel.isEnabled() and done < whole)
        self._figures.setText(_("{done} of {whole}").format(done=f"{done:,}", whole=f"{whole:,}"))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.cancel.setEnabled(False)
            self._words.setText(_("Stopping"))

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
