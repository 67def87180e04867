"""Where Tab goes: along a screen as one reads it, whatever came first to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout

WHOLE = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
"""What stands for itself: nothing within it is stopped at."""


def stops(root: QWidget) -> list[QWidget]:
    """List what Tab stops at, in reading order; of a switch only the view that is chosen."""
    return list(_walk(root))


def step(root: QWidget, *, forwards: bool) -> bool:
    """Take the focus to the next stop, or back; False where the focus is at none of them."""
    there = stops(root)
    focused = QApplication.focusWidget()
    if focused is None or focused not in there:
        return False
    target = there[(there.index(focused) + (1 if forwards else -1)) % len(there)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    bring_into_view(target)
    return True


def _walk(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None or not widget.isVisible():
        return
    if _is_stop(widget):
        yield widget
    if isinstance(widget, QSplitter):
        for at in range(widget.count()):
            yield from _walk(widget.widget(at))
    elif isinstance(widget, QStackedWidget):
        yield from _walk(widget.currentWidget())
    elif isinstance(widget, QScrollArea):
        yield from _walk(widget.widget())
    elif not isinstance(widget, (*WHOLE, QAbstractScrollArea)):
        yield from _within(widget)


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Go through what is laid out, then through what floats above it, from the top."""
    layout = widget.layout()
    laid = list(_laid(layout)) if layout is not None else []
    for inner in laid:
        yield from _walk(inner)
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    floating = [child for child in children if child not in laid and not child.isWindow()]
    for child in sorted(floating, key=lambda each: (each.y(), each.x())):
        yield from _walk(child)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    if isinstance(layout, QStackedLayout):
        shown = layout.currentWidget()
        if shown is not None:
            yield shown
        return
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _laid(inner)
        elif widget is not None:
            yield widget


def _is_stop(widget: QWidget) -> bool:
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if isinstance(widget, QAbstractButton) and group is not None and group.exclusive():
        chosen = group.checkedButton()
        if chosen is not None and chosen.isVisible():
            return widget is chosen
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def bring_into_view(widget: QWidget) -> None:
    """Scroll to what has the focus, unless it is a whole page itself."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and widget.height() <= around.viewport().height():
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
