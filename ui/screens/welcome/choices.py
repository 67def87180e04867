"""The first start: try it, set up, or open what is there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic.wording import _
from ui.widgets import text
from ui.widgets.buttons import Button
from ui.widgets.cards import column


class Choices(QWidget):
    """Three large choices, none of which has to be understood before it is tried."""

    demo = Signal()
    set_up = Signal()
    open = Signal()

    def __init__(self) -> None:
        super().__init__()
        lines = column(spacing=12)
        for icon, words, detail, chosen in (
            (
                "flask-conical",
                _("Try the demo practice"),
                _("Two years of an invented practice, to look around in."),
                self.demo,
            ),
            (
                "store",
                _("Set up my practice"),
                _("Four questions now, the rest whenever you like."),
                self.set_up,
            ),
            (
                "folder-open",
                _("Open or import"),
                _("A practice file, a backup, or a portable file."),
                self.open,
            ),
        ):
            lines.addWidget(_Choice(icon, words, detail, chosen))
        self.setLayout(lines)


class _Choice(Button):
    """One large choice: what it is, and what comes of it."""

    def __init__(self, icon: str, words: str, detail: str, chosen: SignalInstance) -> None:
        super().__init__("", "", "choice", chosen.emit)
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(text.section(words))
        lines.addWidget(text.soft(detail, wrap=True))
        inner = QHBoxLayout(self)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(16)
        inner.addWidget(text.Glyph(icon, "accent", 20))
        inner.addLayout(lines, 1)
        inner.addWidget(text.Glyph("chevron-right", "soft_ink", 16))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inner = inner
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def heightForWidth(self, width: int) -> int:
        return self._inner.heightForWidth(width)
