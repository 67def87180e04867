"""The rail at the left: whose practice this is, the screens, and when it was last backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from clinic.wording import _, clock, day, ngettext, short_day
from ui.theme import theme
from ui.widgets import text
from ui.widgets.buttons import Button
from ui.widgets.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QFontMetrics

    from ui.front import Standing
    from ui.screen import Screen

WIDTH = 200
NO_BREAK = "\u00a0"


class Place(Button):
    """A screen's entry: icon, word, and how many things wait there."""

    def __init__(self, screen: type[Screen], number: int) -> None:
        super().__init__(screen.title(), screen.icon, "place")
        self.setCheckable(True)
        self._title = screen.title()
        self._count = ""
        self.setToolTip(_("Alt+{n}").format(n=number))
        self._waiting = text.label("", "caption", "soft", figures=True)
        self._waiting.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 8, 0)
        line.addStretch(1)
        line.addWidget(self._waiting)

    def shorten(self, *, to_icon: bool) -> None:
        super().shorten(to_icon=to_icon)
        self._waiting.setText("" if to_icon else self._count)

    def show_waiting(self, count: int) -> None:
        """Show how many things wait here; nought shows nothing."""
        self._count = str(count) if count else ""
        self._waiting.setText(self._count)
        said = ngettext("{title}, {n} waiting", "{title}, {n} waiting", count)
        self.setAccessibleName(said.format(title=self._title, n=count) if count else self._title)


class Rail(QFrame):
    """Icon and word for each screen, Alt and a number to get there."""

    chosen = Signal(str)

    def __init__(self, practice: str, screens: Sequence[type[Screen]], menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(_("Screens"))
        self._practice = practice
        self._narrow = False
        self._group = QButtonGroup(self)
        self._places: dict[str, Place] = {}
        self.head = Button(
            practice, "", "head", lambda: menu.popup(self.head.mapToGlobal(self.head.rect().bottomLeft()))
        )
        self.head.setIcon(theme.icon("mark", "accent"))
        self.head.setAccessibleName(_("{practice}: settings of the window").format(practice=practice))
        inner = QWidget()
        inner.setObjectName("canvas")
        entries = QVBoxLayout(inner)
        entries.setContentsMargins(12, 0, 12, 12)
        entries.setSpacing(2)
        for number, screen in enumerate(screens, 1):
            place = Place(screen, number)
            place.clicked.connect(lambda _on, key=screen.key: self.chosen.emit(key))
            self._group.addButton(place)
            self._places[screen.key] = place
            entries.addWidget(place)
        self._beside: QWidget | None = None
        self._entries = entries
        entries.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._bar = scroll.verticalScrollBar()
        self._bar.rangeChanged.connect(lambda _low, _high: self._fit())
        self._inner = inner
        self._foot = Foot()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 9, 0, 0)
        lines.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 12)
        top.addWidget(self.head)
        lines.addLayout(top)
        lines.addWidget(scroll, 1)
        lines.addWidget(self._foot)
        self._fit()

    def show_place(self, key: str) -> None:
        """Mark the screen that is shown."""
        self._places[key].setChecked(True)

    def show_beside(self, part: QWidget | None) -> None:
        """Show what belongs to the screen below the places; where the rail is narrow it is left out."""
        if self._beside is not None and self._beside is not part:
            self._beside.hide()
        if part is not None and part.parent() is None:
            self._entries.insertWidget(self._entries.count() - 1, part)
        self._beside = part
        if part is not None:
            part.setVisible(not self._narrow)

    def show_standing(self, standing: Standing, today: date) -> None:
        """Show when the practice was backed up, and what waits at each screen."""
        self._foot.show_standing(standing, today)
        for key, place in self._places.items():
            place.show_waiting(standing.waiting.get(key, 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def shorten(self, *, to_icon: bool) -> None:
        """Where the window is narrow for its size of text the words go, and the icons stay."""
        if to_icon != self._narrow:
            self._narrow = to_icon
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the longest word needs at this size of text, and no less than usual."""
        for place in self._places.values():
            place.shorten(to_icon=self._narrow)
        self._foot.shorten(to_icon=self._narrow)
        if self._beside is not None:
            self._beside.setVisible(not self._narrow)
        bar = self._bar.sizeHint().width() if self._bar.maximum() > 0 else 0
        if self._narrow:
            self.head.shorten(to_icon=True)
            self.setFixedWidth(
                max(each.minimumSizeHint().width() for each in (self.head, *self._places.values())) + 25 + bar
            )
            return
        widest = max((place.sizeHint().width() for place in self._places.values()), default=0)
        around = 24 + theme.px(16 + 30)
        named = min(theme.px(WIDTH), _halved(self._practice, self.head.fontMetrics()) + around)
        self.setFixedWidth(max(WIDTH, widest + theme.px(40), named) + bar)
        room = self.width() - bar - around
        self.head.shorten(to_icon=False)
        self.head.setText(_in_two(self._practice, self.head.fontMetrics(), room).replace("&", "&&"))


def _halved(name: str, metrics: QFontMetrics) -> int:
    """Measure how wide a name is in two lines."""
    words = name.split(" ")
    halves = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1))
    return min(max(metrics.horizontalAdvance(half) for half in both) for both in halves) + 2


def _in_two(name: str, metrics: QFontMetrics, room: int) -> str:
    """Write a name in one line, else in two; only what does not fit there is cut short."""
    first, rest = name, ""
    while metrics.horizontalAdvance(first) > room and " " in first:
        first, _space, last = first.rpartition(" ")
        rest = f"{last} {rest}".strip()
    lines = [first, rest] if rest else [first]
    return "\n".join(cut(metrics, line, room) for line in lines)


class Foot(QFrame):
    """When the last good backup was made, and when a restore was last tried."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph = text.Glyph("shield-check", "accent")
        self._lines = text.caption(wrap=True)
        line = QHBoxLayout()
        line.setContentsMargins(8, 10, 8, 10)
        line.setSpacing(8)
        line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._lines, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 0, 12, 0)
        whole.setSpacing(0)
        whole.addWidget(text.rule())
        whole.addLayout(line)
        self.hide()

    def shorten(self, *, to_icon: bool) -> None:
        """Show the shield alone where there is no room for words."""
        self._lines.setVisible(not to_icon)

    def show_standing(self, standing: Standing, today: date) -> None:
        """Say it in two short lines."""
        made, tested = standing.backed_up, standing.restore_tested
        if made is None:
            lines = [_("Not backed up yet")]
        elif made.date() == today:
            lines = [_("Backed up {when}").format(when=clock(made).replace(" ", NO_BREAK))]
        else:
            lines = [_("Backed up {when}").format(when=_near(made.date(), today))]
        if tested is not None:
            lines.append(_("Restore tested {when}").format(when=_near(tested.date(), today)))
        self._lines.setText("\n".join(lines))
        self.setToolTip("\n".join(lines))
        self._glyph.show_icon("shield-check" if made else "shield-alert", "accent" if made else "soft_ink")
        self.show()


def _near(on: date, today: date) -> str:
    return (short_day(on) if on.year == today.year else day(on)).replace(" ", NO_BREAK)
