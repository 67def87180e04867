"""What is being filled in beside a screen: kept every few seconds, and there again after the window was locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from clinic.office import unfinished
from clinic.office.unfinished import Unfinished
from ui.widgets.buttons import Segments
from ui.widgets.dates import DayLine
from ui.widgets.fields import Password, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ui.runner import Runner

LOOK_MS = 2_000
"""How often it is looked whether something was typed: product.md, "drafts within 3 s"."""
FILLED_MS = 400
"""After so long a form that was opened is taken to have what it proposes; what is different then was typed."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a form is opened again: the screen it stands beside, its name there, and the ids it is about."""

    place: str
    form: str
    of: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Holding(Protocol):
    """A part of a form that is no field and holds something all the same, such as a scan that was dropped."""

    def held(self) -> str:
        """Tell what is held, in words that bring it back; empty for nothing."""

    def hold(self, words: str) -> None:
        """Take it up again."""


def way_of(panel: QWidget) -> Way | None:
    """Tell how a panel is opened again; one that says nothing of it has nothing to keep."""
    way = getattr(panel, "way", None)
    return way if isinstance(way, Way) else None


# What stands in a form, by field


def typed_in(panel: QWidget) -> dict[str, str]:
    """Read out all that can be filled in; never a password."""
    return {key: _read(editor) for key, editor in _editors(panel)}


def fill_in(panel: QWidget, typed: Mapping[str, str]) -> None:
    """Type again what was typed; twice over, for a choice may bring fields that were not there before."""
    for _round in range(2):
        for key, editor in list(_editors(panel)):
            if key in typed and isValid(editor) and _read(editor) != typed[key]:
                _write(editor, typed[key])


def _editors(panel: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Name each field by its kind and its accessible name, and count those that share both."""
    seen: dict[str, int] = {}
    widgets = panel.findChildren(QWidget)
    whole = [widget for widget in widgets if isinstance(widget, Holding)]
    for widget in widgets:
        if isinstance(widget, Password | Search) or not _can_be_filled(widget):
            continue
        if any(holder is not widget and holder.isAncestorOf(widget) for holder in whole):
            continue  # what holds something by itself tells of its fields too
        name = f"{_kind(widget)}:{widget.accessibleName()}"
        seen[name] = seen.get(name, 0) + 1
        yield f"{name}:{seen[name]}", widget


def _kind(widget: QWidget) -> str:
    kinds = ((QLineEdit, "line"), (QPlainTextEdit, "text"), (QComboBox, "choice"), (QCheckBox, "tick"))
    return next((name for kind, name in kinds if isinstance(widget, kind)), type(widget).__name__.lower())


def _can_be_filled(widget: QWidget) -> bool:
    match widget:
        case QLineEdit():
            # The line inside a number or a choice is filled in by what it belongs to.
            return not isinstance(widget.parent(), QAbstractSpinBox | QComboBox) and not widget.isReadOnly()
        case QPlainTextEdit():
            return not widget.isReadOnly()
        case _:
            return isinstance(widget, QComboBox | QCheckBox | QSpinBox | Segments | Holding)


def _read(editor: QWidget) -> str:
    said = ""
    match editor:
        case DayLine() if editor.day is not None:
            said = editor.day.isoformat()
        case QLineEdit():
            said = editor.text()
        case QPlainTextEdit():
            said = editor.toPlainText()
        case QComboBox():
            said = editor.currentText()
        case QCheckBox():
            said = "1" if editor.isChecked() else ""
        case QSpinBox():
            said = str(editor.value())
        case Segments():
            said = editor.chosen
        case Holding():
            said = editor.held()
    return said


def _write(editor: QWidget, typed: str) -> None:
    match editor:
        case DayLine():
            editor.retype(typed)
        case QLineEdit():
            editor.setText(typed)
            editor.setCursorPosition(0)
        case QPlainTextEdit():
            editor.setPlainText(typed)
        case QComboBox():
            at = editor.findText(typed)
            if at >= 0:  # what can't be chosen any more stays as the form proposes it
                editor.setCurrentIndex(at)
                editor.activated.emit(at)
        case QCheckBox():
            editor.click()
        case QSpinBox():
            editor.setValue(int(typed))
        case Segments():
            editor.press(typed)
        case Holding():
            editor.hold(typed)


# What is kept of it


class Unsent(QObject):
    """Follows the panel at the right, or a page: what is typed there is kept until it is sent off or closed."""

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._panel: QWidget | None = None
        self._page: QWidget | None = None
        self._page_proposed: dict[str, str] | None = None
        """What the form on a screen's own page proposed, while another stands beside it."""
        self._proposed: dict[str, str] | None = None
        """What the form proposed by itself; None until that is known."""
        self._last: Unfinished | None = None
        self._wanted: Unfinished | None = None
        self._locked = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.keep)
        self._filled = QTimer(self, singleShot=True, interval=FILLED_MS)
        self._filled.timeout.connect(self._take_note)
        # What has ended is handed over only after it is said to have ended.
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        runner.ended.connect(self._something_ended)

    def stay(self, page: QWidget | None) -> None:
        """Follow what is filled in on a screen's own page while no form stands beside it; None once it is done."""
        beside = self._panel is not None and self._panel is not self._page
        self._page, self._page_proposed = page, None
        if not beside:
            self._turn_to(page, anew=True)
            self._take_note()  # a page is followed once what it proposes stands there

    def follow(self, panel: QWidget | None) -> None:
        """Follow a panel that is shown now, or none; what was kept of the one before is let go of."""
        self._turn_to(panel if panel is not None and way_of(panel) is not None else self._page)

    def _turn_to(self, form: QWidget | None, *, anew: bool = False) -> None:
        if self._locked or (form is self._panel and form is not None and not anew):
            return
        self._look.stop()
        self._filled.stop()
        if self._panel is not None and self._panel is self._page and not anew:
            self._page_proposed = self._proposed
        self._panel = form
        self._proposed = self._page_proposed if form is self._page else None
        if self._last is not None and self._wanted is None:
            self._last = None
            self._runner.do(unfinished.let_go, _nothing)
        if form is not None and way_of(form) is not None:
            self._look.start()
            self._filled.start()
            self._settling.start()

    def keep(self) -> None:
        """Keep what was typed into the form since it was opened."""
        form = self._form()
        if form is not None and form.typed and form != self._last:
            self._last = form
            self._runner.do(partial(unfinished.keep, form=form), _nothing)

    def lock(self) -> None:
        """Keep what is typed, and let go of nothing any more: the window is about to be locked."""
        self.keep()
        self._locked = True
        self._look.stop()
        self._filled.stop()

    def take_up(
        self, kept: Callable[[Any], Unfinished | None], reopen: Callable[[Unfinished], object]
    ) -> None:
        """Open again what this person was filling in last, if they were."""

        def opened(form: Unfinished | None) -> None:
            if form is not None and form.typed and not self._locked:
                self._wanted = self._last = form
                reopen(form)
                self._settling.start()

        self._runner.ask(kept, opened)

    def _form(self) -> Unfinished | None:
        """Read the form that is open, as far as it is known what was typed into it."""
        panel, proposed = self._panel, self._proposed
        if panel is None or proposed is None or self._locked or not isValid(panel):
            return None
        way = way_of(panel)
        if way is None:
            return None
        typed = {key: said for key, said in typed_in(panel).items() if proposed.get(key) != said}
        return Unfinished(way.place, way.form, dict(way.of), typed)

    def _something_ended(self, _job: object) -> None:
        self._settling.start()

    def _settle(self) -> None:
        """Take note of the form once nothing is awaited, and fill in what was wanted there."""
        panel, wanted = self._panel, self._wanted
        if panel is None or self._locked or self._runner.busy or not isValid(panel):
            return
        self._take_note()
        way = way_of(panel)
        if wanted is not None and way is not None and (way.place, way.form) == (wanted.place, wanted.form):
            self._wanted = None
            fill_in(panel, wanted.typed)

    def _take_note(self) -> None:
        if self._proposed is None and self._panel is not None and isValid(self._panel):
            self._proposed = typed_in(self._panel)


def _nothing(_answer: object) -> None:
    """Wait for no answer."""
