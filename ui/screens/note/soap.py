"""What is written: the four parts, three more lines on demand, the note before, and addenda."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic.wording import _, body, moment, short_day
from ui.screens.note.editor import Part, Writing
from ui.widgets import text
from ui.widgets.buttons import link, quiet, small
from ui.widgets.cards import column, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from clinic.office.note_list import NoteRow
    from clinic.office.notes import Addendum, Content
    from clinic.office.phrases import PhraseRow

PARTS = ("s", "o", "a", "p")
EXTRAS = ("reaction", "home_advice", "next_visit")


def _hints() -> dict[str, str]:
    return {
        "s": _(
            "What the client says: the complaint, sleep, how it was after last time. Type / for a phrase."
        ),
        "o": _("What you see and feel: posture, palpation, range of motion."),
        "a": _("How the session was taken, and how it stands with the goal."),
        "p": _("Next time: areas, pressure, what to look at again."),
    }


def _extra(key: str) -> str:
    return {
        "reaction": _("Reaction"),
        "home_advice": _("Home advice"),
        "next_visit": _("Next visit"),
    }[key]


class Extra(QWidget):
    """One more line, there once somebody asks for it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.writing = Writing(_extra(key), least=1)
        lines = column(text.caption(_extra(key)), spacing=0)
        lines.addWidget(self.writing)
        self.setLayout(lines)
        self.hide()


class Soap(QWidget):
    """The left column of a note."""

    changed = Signal()
    phrase_kept = Signal(str, str)
    last_asked = Signal(object)
    addendum_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.parts = {key: Part(key, hint) for key, hint in _hints().items()}
        self.extras = {key: Extra(key) for key in EXTRAS}
        self._adders = {key: small(_extra(key), partial(self.open_extra, key), icon="plus") for key in EXTRAS}
        self._adders_box = QWidget()
        self._adders_box.setLayout(Flow(*self._adders.values(), spacing=6))
        self._last = QFrame()
        self._last.setProperty("role", "sunken")
        self._last_body = column(spacing=6, margin=14)
        self._last.setLayout(self._last_body)
        self._addenda = QWidget()
        self._addenda_body = column(spacing=10)
        self._addenda.setLayout(self._addenda_body)
        lines = column(spacing=10)
        lines.setContentsMargins(20, 16, 20, 20)
        for key in PARTS:
            lines.addWidget(self.parts[key])
            if key != PARTS[-1]:
                lines.addWidget(text.rule())
        for extra in self.extras.values():
            lines.addWidget(extra)
        lines.addWidget(self._adders_box)
        lines.addWidget(self._addenda)
        lines.addWidget(self._last)
        lines.addStretch(1)
        self.setLayout(lines)
        for part in self.parts.values():
            part.changed.connect(self.changed)
            part.phrase_kept.connect(self.phrase_kept)
        for extra in self.extras.values():
            extra.writing.textChanged.connect(self.changed)

    def show_content(self, content: Content, *, may_write: bool) -> None:
        """Show what a note says."""
        for key, part in self.parts.items():
            part.writing.say(getattr(content, key))
            part.writing.setReadOnly(not may_write)
            part.weigh()
        for key, extra in self.extras.items():
            words = getattr(content, key)
            extra.writing.say(words)
            extra.writing.setReadOnly(not may_write)
            extra.setVisible(bool(words))
            self._adders[key].setVisible(may_write and not words)
        self._adders_box.setVisible(may_write and not all(getattr(content, key) for key in EXTRAS))

    def words(self) -> dict[str, str]:
        """Give all that is written here, by its names in the note."""
        found = {key: part.words for key, part in self.parts.items()}
        return found | {key: extra.writing.toPlainText() for key, extra in self.extras.items()}

    def offer_phrases(self, phrases: Sequence[PhraseRow]) -> None:
        """Hold each part's phrases ready."""
        for key, part in self.parts.items():
            part.writing.offer([each.text for each in phrases if each.part == key])

    def open_extra(self, key: str) -> None:
        """Open one more line and go there."""
        self.extras[key].show()
        self._adders[key].hide()
        self.extras[key].writing.setFocus()

    def show_last(self, last: NoteRow | None) -> None:
        """Recall the note before, in a few lines."""
        text.clear(self._last_body)
        self._last.setVisible(last is not None)
        if last is None:
            return
        head = row(text.strong(_("Last time, {on}").format(on=short_day(last.at.date()))))
        head.addStretch(1)
        head.addWidget(link(_("Open note"), lambda: self.last_asked.emit(last)))
        self._last_body.addLayout(head)
        for words in (_areas(last.content), last.content.p, last.content.reaction):
            if words:
                self._last_body.addWidget(text.soft(words, wrap=True))

    def show_addenda(self, addenda: Sequence[Addendum], *, may_add: bool) -> None:
        """List what was added to a signed note, and a line to add more."""
        text.clear(self._addenda_body)
        self._addenda.setVisible(bool(addenda) or may_add)
        for each in addenda:
            self._addenda_body.addWidget(text.rule())
            by = _("Addendum, {at}, {by}").format(at=moment(each.at), by=each.by)
            self._addenda_body.addWidget(text.caption(by, wrap=True))
            self._addenda_body.addWidget(text.label(each.text, wrap=True))
        if may_add:
            self._addenda_body.addWidget(text.rule())
            self._add_line(self._addenda_body)

    def _add_line(self, lines: QVBoxLayout) -> None:
        writing = Writing(_("Addendum"), _("Add to the signed note; your name and the time go with it."))
        button = quiet(_("Add addendum"), lambda: self.addendum_given.emit(writing.toPlainText()))
        button.setEnabled(False)
        writing.textChanged.connect(lambda: button.setEnabled(bool(writing.toPlainText().strip())))
        lines.addWidget(writing)
        tools = row(button)
        tools.addStretch(1)
        lines.addLayout(tools)


def _areas(content: Content) -> str:
    """Say in one sentence where the hands were."""
    said = []
    for each in content.treated:
        where = body.area(each.area)
        said.append(
            _("{area} at {pressure}").format(area=where, pressure=each.pressure) if each.pressure else where
        )
    if not said:
        said = [body.area(area) for area in content.areas]
    return body.headed(", ".join(said)) + "." if said else ""
