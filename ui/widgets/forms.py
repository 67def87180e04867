"""Forms: the label above the field, the message under it, two columns at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic.wording import _
from ui.theme import theme
from ui.widgets import text

EVEN = 160
"""Up to this width columns are made equally wide; a longer label only widens its own."""

if TYPE_CHECKING:
    from collections.abc import Callable


class Field(QWidget):
    """A label, the field under it, and under that its message."""

    left = Signal()
    """Someone has finished with the field: the moment to check it."""

    def __init__(self, name: str, editor: QWidget, *, optional: bool = False) -> None:
        super().__init__()
        self.editor = editor
        editor.setAccessibleName(name)
        editor.installEventFilter(self)
        self._above = text.label(name, "caption", "soft")
        self._above.setBuddy(editor)
        self._under = text.label("", "caption", "refused", wrap=True)
        self._under.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        if optional:
            self._above.setText(_("{name}, optional").format(name=name))
        lines.addWidget(self._above)
        lines.addWidget(editor)
        lines.addWidget(self._under)
        lines.addStretch(1)

    def rename(self, name: str) -> None:
        """Change what stands above the field."""
        self._above.setText(name)
        self.editor.setAccessibleName(name)

    def say(self, message: str = "") -> None:
        """Put a message under the field, or take it away."""
        self._under.setText(message)
        self._under.setVisible(bool(message))
        self.editor.setAccessibleDescription(message)
        self.editor.setProperty("refused", bool(message))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    @property
    def message(self) -> str:
        """What is said under the field now."""
        return self._under.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that someone leaves the field."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self.left.emit()
        return super().eventFilter(watched, event)


class Form(QWidget):
    """Fields by name, in one column or two; a refusal goes to the field it is about."""

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self._columns = columns
        self._cells = 0
        self._fields: dict[str, Field] = {}
        self._wide: set[Field] = set()
        self._general = text.label("", "body", "refused", wrap=True)
        self._general.hide()
        self._grid.addWidget(self._general, 1_000, 0, 1, columns)

    def add(
        self,
        key: str,
        name: str,
        editor: QWidget,
        *,
        wide: bool = False,
        optional: bool = False,
        check: Callable[[], str] | None = None,
    ) -> Field:
        """Add a field; `check` says on leaving it what is wrong, or nothing."""
        field = Field(name, editor, optional=optional)
        if check is not None:
            field.left.connect(lambda: field.say(check()))
        span = self._columns if wide else 1
        if wide:
            self._wide.add(field)
        if wide and self._cells % self._columns:
            self._cells += self._columns - self._cells % self._columns
        self._grid.addWidget(field, self._cells // self._columns, self._cells % self._columns, 1, span)
        self._cells += span
        self._fields[key] = field
        return field

    def event(self, event: QEvent) -> bool:
        """Keep the columns equally wide, as the widest of their fields asks, unless that is very wide."""
        if event.type() == QEvent.Type.LayoutRequest and self._columns > 1:
            self._even_out()
        return super().event(event)

    def _even_out(self) -> None:
        alone = [field for field in self._fields.values() if not field.isHidden() and field not in self._wide]
        asked = max((field.minimumSizeHint().width() for field in alone), default=0)
        widest = min(asked, theme.px(EVEN))
        for at in range(self._columns):
            if self._grid.columnMinimumWidth(at) != widest:
                self._grid.setColumnMinimumWidth(at, widest)

    def group(self, words: str) -> None:
        """Begin a group of fields that belong together."""
        self._cells += -self._cells % self._columns
        head = text.label(words, weight="semibold")
        head.setContentsMargins(0, 8 if self._cells else 0, 0, 0)
        self._grid.addWidget(head, self._cells // self._columns, 0, 1, self._columns)
        self._cells += self._columns

    def __getitem__(self, key: str) -> Field:
        return self._fields[key]

    def refuse(self, at: str | None, sentence: str) -> None:
        """Put the sentence under the field it is about, else at the foot of the form, and go there."""
        self.clear_messages()
        field = self._fields.get((at or "").rsplit("/", 1)[-1])
        if field is None:
            self._general.setText(sentence)
            self._general.show()
        else:
            field.say(sentence)
            field.editor.setFocus()

    def clear_messages(self) -> None:
        """Take all messages away."""
        self._general.hide()
        for field in self._fields.values():
            field.say()
