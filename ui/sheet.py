"""The one style sheet of the window, written from the tokens; widgets ask for a look by `role` or `type`."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STYLE = Path(__file__).parents[1] / "resources" / "style"

_SHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog, #canvas, QScrollArea, QScrollArea > QWidget > QWidget { background: $canvas; }
QFrame { border: none; }
QToolTip {
  background: $surface; color: $ink; border: 1px solid $line; padding: ${p4}px; font-size: ${p11}px;
}

QLabel { background: transparent; }
QLabel[type="caption"] { font-size: ${p11}px; }
QLabel[type="section"] { font-size: ${p15}px; font-weight: 600; }
QLabel[type="title"] { font-size: ${p20}px; font-weight: 600; }
QLabel[type="figure"] { font-size: ${p28}px; font-weight: 600; }
QLabel[weight="regular"] { font-weight: 400; }
QLabel[weight="medium"] { font-weight: 500; }
QLabel[weight="semibold"] { font-weight: 600; }
QLabel[tone="soft"] { color: $soft_ink; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="refused"] { color: $S4; }

#rail, #bar { background: $canvas; }
#rail { border-right: 1px solid $line; }
#bar { border-bottom: 1px solid $line; }
#panel { background: $canvas; border-left: 1px solid $line; }
#panel[severity="S1"] { border-left: 3px solid $S1; }
#panel[severity="S2"] { border-left: 3px solid $S2; }
#panel[severity="S3"] { border-left: 3px solid $S3; }
#panel[severity="S4"] { border-left: 3px solid $S4; }
#panel[severity="S5"] { border-left: 3px solid $S5_on; }
#sheet, QScrollArea[role="sheet"] { background: $surface; border: none; }
QFrame[role="line"] { background: transparent; border: none; border-top: 1px solid $line; }
QFrame[role="group"] { background: $canvas; border: none; border-top: 1px solid $line; }
#band { background: $surface; border-bottom: 1px solid $line; }
#lines { background: $line; }
#foot { background: $surface; border-top: 1px solid $line; }
#rule { background: $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="sunken"] { background: $sunken; border-radius: 8px; }
QFrame[role="key"] { background: $sunken; border: 1px solid $line; border-radius: 4px; }
QFrame[role="toast"] { background: $surface; border: 1px solid $soft_ink; border-radius: 8px; }
QFrame[role="palette"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="cell"] { border: none; border-left: 1px solid $line; border-top: 1px solid $line; }
QFrame[role="cell"][first="true"] { border-left: none; }
QFrame[role="visit"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="visit"]:hover { background: $canvas; }
QFrame[role="visit"][chosen="true"] { background: $accent_tint; }
QFrame[role="visit"]:focus { background: $accent_tint; border-left: 3px solid $accent; }
QFrame[role="entry"] { border-bottom: 1px solid $line; }
QFrame[role="entry"]:hover { background: $surface; }
QFrame[role="entry"][chosen="true"] { background: $accent_tint; border-radius: 4px; }
QFrame[role="entry"]:focus { border: 2px solid $accent; border-radius: 4px; }
QFrame[role="thumb"] { background: $sunken; border-radius: 6px; }

QPushButton, QToolButton {
  background: $surface; border: 1px solid $line; border-radius: 6px; padding: 0 ${p12}px;
  min-height: ${h30}px; font-weight: 500;
}
QPushButton:hover, QToolButton:hover { background: $sunken; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 ${f11}px; min-height: ${h28}px; }
QPushButton:disabled, QToolButton:disabled { color: $soft_ink; background: $canvas; }
QPushButton[role="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton[role="primary"]:disabled { background: $sunken; color: $soft_ink; border-color: $line; }
QPushButton[role="plain"], QToolButton[role="plain"] {
  background: transparent; border-color: transparent; color: $soft_ink;
}
QPushButton[role="plain"]:hover, QToolButton[role="plain"]:hover { background: $sunken; }
QPushButton[role="plain"]:focus, QToolButton[role="plain"]:focus { border-color: $accent; }
QPushButton[role="plain"]:disabled, QToolButton[role="plain"]:disabled { background: transparent; }
QPushButton[role="small"] { min-height: ${h24}px; padding: 0 ${p8}px; font-size: ${p12}px; }
QPushButton[role="small"]:focus { min-height: ${h22}px; padding: 0 ${f7}px; }
QPushButton[role="keyed"] { min-height: ${h24}px; padding: 0 ${p8}px; font-size: ${p12}px; text-align: left; }
QPushButton[role="keyed"]:focus { min-height: ${h22}px; padding: 0 ${f7}px; }
QPushButton[role="link"] {
  background: transparent; border: none; border-radius: 0; padding: 0; margin: 0; color: $accent;
  min-height: ${h20}px; font-size: ${p12}px; text-align: left;
}
QPushButton[role="link"]:hover { background: transparent; text-decoration: underline; }
QPushButton[role="link"]:pressed { background: transparent; color: $ink; }
QPushButton[role="link"]:focus {
  border: none; border-bottom: 2px solid $accent; background: $accent_tint; padding: 0; min-height: ${h18}px;
}
QPushButton[role="link"]:disabled { background: transparent; color: $soft_ink; }
QPushButton[role="choice"] {
  background: $surface; border: 1px solid $line; border-radius: 8px; padding: ${p16}px; text-align: left;
}
QPushButton[role="choice"]:hover { border-color: $accent; background: $surface; }
QPushButton[role="choice"]:focus { border: 2px solid $accent; }
QPushButton[role="reason"] { text-align: left; font-weight: 400; }
QPushButton[role="reason"]:hover { border-color: $accent; background: $surface; }
QPushButton[role="place"] {
  background: transparent; border: 1px solid transparent; border-radius: 6px; color: $soft_ink;
  text-align: left; font-weight: 500; padding: 0 ${p8}px;
}
QPushButton[role="place"]:hover { background: $sunken; }
QPushButton[role="place"]:checked { background: $accent_tint; color: $accent; font-weight: 600; }
QPushButton[role="place"]:focus { border: 2px solid $accent; padding: 0 ${f7}px; }
QPushButton[role="key"] { min-height: ${h28}px; padding: 0 ${p10}px; font-weight: 400; }
QPushButton[role="key"]:checked {
  background: $accent_tint; color: $accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="key"]:focus { border: 2px solid $accent; padding: 0 ${f9}px; }
QPushButton[role="mark"] {
  background: transparent; border: 1px solid transparent; border-radius: 6px; color: $soft_ink;
  min-height: ${h22}px; padding: 0 ${p8}px 0 ${p24}px; font-size: ${p11}px; font-weight: 400;
}
QPushButton[role="mark"]:hover { background: $sunken; }
QPushButton[role="mark"]:checked { background: $surface; border-color: $line; color: $ink; font-weight: 500; }
QPushButton[role="mark"]:focus { border: 2px solid $accent; padding: 0 ${f7}px 0 ${p24}px; }
QPushButton[role="head"] {
  background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
  font-weight: 600; padding: 0 ${p8}px;
}
QPushButton[role="head"]:hover { background: $sunken; }
QPushButton[role="head"]:focus { border: 2px solid $accent; padding: 0 ${f7}px; }
QPushButton[role="head"]::menu-indicator, QPushButton[role="menu"]::menu-indicator { image: none; width: 0; }
QPushButton[role="find"] { color: $soft_ink; text-align: left; font-weight: 400; }

QPushButton[role="answer"] { padding: 0 ${p10}px; font-weight: 400; }
QPushButton[role="answer"][narrow="true"] { padding: 0 ${p4}px; }
QPushButton[role="answer"]:checked {
  background: $accent_tint; color: $accent; border-color: $accent; font-weight: 600;
}
QPushButton[role="answer"]:focus { border: 2px solid $accent; padding: 0 ${f9}px; }
QPushButton[role="answer"][narrow="true"]:focus { padding: 0 ${f3}px; }
QPushButton[touch="true"], QLineEdit[touch="true"], QComboBox[touch="true"] { min-height: ${t46}px; }
QPushButton[touch="true"]:focus, QLineEdit[touch="true"]:focus { min-height: ${t44}px; }
QCheckBox[touch="true"]::indicator { width: ${p28}px; height: ${p28}px; }

QFrame[role="segments"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[role="segments"] QPushButton {
  background: transparent; border: 1px solid transparent; border-radius: 4px; color: $soft_ink;
  min-height: ${h24}px; padding: 0 ${p10}px; margin: 1px;
}
QFrame[role="segments"] QPushButton:hover { background: $sunken; }
QFrame[role="segments"] QPushButton:checked { background: $accent_tint; color: $accent; font-weight: 600; }
QFrame[role="segments"] QPushButton:focus {
  border: 2px solid $accent; min-height: ${h22}px; padding: 0 ${f9}px;
}

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {
  background: $surface; border: 1px solid $line; border-radius: 6px; padding: 0 ${p8}px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $hint;
}
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: $soft_ink; }
QLineEdit, QComboBox, QSpinBox { min-height: ${h30}px; }
QPlainTextEdit { padding: ${p4}px; }
QPlainTextEdit[role="bare"] {
  border: none; border-bottom: 2px solid transparent; border-radius: 0; background: transparent; padding: 0;
}
QPlainTextEdit[role="bare"]:hover { border-bottom-color: $line; }
QPlainTextEdit[role="bare"]:focus { border: none; border-bottom: 2px solid $accent; padding: 0; }
QPlainTextEdit[role="bare"]:read-only { border-bottom-color: transparent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 0 ${f7}px;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { min-height: ${h28}px; }
QLineEdit[refused="true"], QComboBox[refused="true"], QPlainTextEdit[refused="true"] { border-color: $S4; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $canvas; color: $soft_ink; }
QLineEdit[role="bare"], QLineEdit[role="bare"]:focus { border: none; background: transparent; padding: 0; }
QLineEdit QToolButton, QLineEdit QToolButton:focus {
  background: transparent; border: none; min-height: 0; padding: 0; margin: 0;
}
QCheckBox { spacing: ${p8}px; }
QCheckBox::indicator {
  width: ${p16}px; height: ${p16}px; background: $surface; border: 1px solid $soft_ink; border-radius: 4px;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:disabled { border-color: $line; background: $canvas; }
QCheckBox::indicator:checked:disabled { background: $soft_ink; image: url("$tick"); }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: 0; padding: 4px; }

QTextBrowser[role="manual"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QAbstractItemView {
  background: $surface; border: none; outline: 0;
  selection-background-color: $accent_tint; selection-color: $ink;
}
QListWidget[role="contents"] { background: transparent; }
QListWidget[role="contents"]::item { padding: 0 ${p8}px; border-radius: 6px; color: $soft_ink; }
QListWidget[role="contents"]::item:hover { background: $sunken; }
QListWidget[role="contents"]::item:selected { background: $accent_tint; color: $accent; }
QListWidget[role="contents"]:focus { border: 2px solid $accent; border-radius: 6px; }
QListWidget[role="suggestions"] { border: 1px solid $line; border-radius: 6px; }
QListWidget[role="suggestions"]::item { padding: 0 ${p8}px; }
QListView[role="offers"] { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 4px; }
QListView[role="offers"]::item { padding: ${p4}px ${p8}px; border-radius: 4px; }
QListView[role="offers"]::item:selected { background: $accent_tint; color: $accent; }
QComboBox QAbstractItemView::item { min-height: ${h24}px; }
QHeaderView, QHeaderView::section {
  background: $surface; color: $soft_ink; border: none; font-size: ${p11}px; font-weight: 400;
}
QHeaderView { border-bottom: 1px solid $line; }
QHeaderView::section { padding: ${p4}px ${p12}px; }
QHeaderView::section:first { padding-left: ${p16}px; }
QHeaderView::section:hover { color: $ink; }
QTableCornerButton::section { background: $surface; border: none; }

QMessageBox QLabel#qt_msgbox_label { font-size: ${p15}px; font-weight: 600; min-width: ${p320}px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton {
  border: none; background: $surface; color: $ink; min-height: ${h24}px; padding: 0 ${p8}px;
}
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: ${p4}px ${p24}px ${p4}px ${p12}px; border-radius: 4px; min-height: ${h20}px; }
QMenu::item:selected { background: $accent_tint; color: $accent; }
QMenu::item:disabled { color: $soft_ink; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $soft_ink; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
$flags
""")

_FLAG = Template("""
QFrame[flag="$name"] { background: $ground; border-radius: ${radius}px; }
QFrame[flag="$name"] QLabel[tone="flag"] { color: $ink; }
""")


def _hover(colours: Mapping[str, str]) -> str:
    """Darken the accent a little on light ground, lighten it on dark."""
    steps = -16 if colours["on_accent"] == "#FFFFFF" else 16
    parts = (int(colours["accent"][at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{min(255, max(0, part + steps)):02X}" for part in parts)


def written(colours: Mapping[str, str], px: Callable[[float], int]) -> str:
    """Write the style sheet in these colours, its measures scaled with the size of text."""
    pairs = [(name, colours[name], colours[f"{name}_on"]) for name in ("S1", "S2", "S3", "S4", "S5", "info")]
    pairs += [
        ("plain", colours["soft_ink"], colours["sunken"]),
        ("covered", colours["accent"], colours["accent_tint"]),
    ]
    flags = "".join(_FLAG.substitute(name=name, ink=ink, ground=on, radius=4) for name, ink, on in pairs)
    sizes = {f"p{n}": px(n) for n in (4, 8, 10, 11, 12, 15, 16, 20, 24, 28, 320)}
    # A focus ring is 2 px where the border was 1: what it covers gives way by one, so nothing moves.
    inner = {f"f{n - 1}": px(n) - 1 for n in (4, 8, 10, 12)}
    heights = {f"h{n}": px(n + 2) - 2 for n in (20, 22, 24, 28, 30)}
    heights |= {"h28": px(32) - 4, "h22": px(26) - 4, "h18": px(22) - 4}
    # No finger is asked to hit anything lower than 48, however small the text.
    heights |= {"t46": max(48, px(48)) - 2, "t44": max(48, px(48)) - 4}
    flags += f'\nQFrame[flag="S5"] QPushButton[role="link"] {{ color: {colours["S5"]}; }}\n'
    side = "light" if colours["on_accent"] == "#FFFFFF" else "dark"
    ticked = (STYLE / f"tick_{side}.svg").as_posix()
    return _SHEET.substitute(
        colours, **sizes, **inner, **heights, accent_hover=_hover(colours), flags=flags, tick=ticked
    )
