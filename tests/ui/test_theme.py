"""The look: one set of tokens, readable everywhere, light and dark, small and large."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication

from ui import theme as dress
from ui.memory import Memory
from ui.theme import RESOURCES, colours_of, theme, tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

UI = Path(dress.__file__).parent
ICONS = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
SPOKEN = {
    word for path in UI.rglob("*.py") for word in re.findall(r'"([a-z0-9-]+)"', path.read_text("utf-8"))
}


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("side", ["light", "dark"])
def test_what_a_field_asks_for_can_be_read_and_is_softer_than_what_is_typed(side: str) -> None:
    colours = colours_of(side)
    read = contrast(colours["hint"], colours["surface"])
    assert 4.5 <= read < contrast(colours["soft_ink"], colours["surface"])


@pytest.mark.parametrize("side", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "canvas"),
        ("ink", "surface"),
        ("ink", "sunken"),
        ("ink", "accent_tint"),
        ("soft_ink", "canvas"),
        ("soft_ink", "surface"),
        ("soft_ink", "sunken"),
        ("on_accent", "accent"),
        ("accent", "accent_tint"),
        ("accent", "canvas"),
        ("info", "info_on"),
        *((f"S{n}", f"S{n}_on") for n in range(1, 6)),
        ("S4", "surface"),
    ],
)
def test_every_text_can_be_read_on_its_ground(side: str, ink: str, ground: str) -> None:
    colours = colours_of(side)
    assert contrast(colours[ink], colours[ground]) >= 5


@pytest.mark.parametrize("side", ["light", "dark"])
def test_high_contrast_has_no_soft_ink(side: str) -> None:
    colours = colours_of(side, high_contrast=True)
    assert colours["soft_ink"] == colours["ink"]
    assert contrast(colours["ink"], colours["surface"]) == pytest.approx(21)


def test_light_and_dark_are_switched_at_once(qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(mode="dark")
    assert (
        QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == tokens()["dark"]["canvas"]
    )
    theme.choose(mode="light")
    assert (
        QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == tokens()["light"]["canvas"]
    )


@pytest.mark.parametrize(("asked", "given"), [(50, 80), (80, 80), (150, 150), (300, 200)])
def test_text_is_set_between_80_and_200_percent(asked: int, given: int) -> None:
    theme.choose(percent=asked)
    assert theme.percent == given
    assert theme.size_of("body") == round(13 * given / 100)
    assert QApplication.font().pixelSize() == theme.size_of("body")


def test_the_houses_face_is_shipped_and_found() -> None:
    assert QFontInfo(theme.font()).family() == "Inter"


@pytest.mark.parametrize(
    "name", ["ਹਰਪ੍ਰੀਤ", "नेहा", "陳怡君", "김서연", "نادية", "נעמי", "ქეთი", "தமிழ்", "Ольга", "Hạnh"]
)
def test_a_name_in_any_script_is_written_and_not_boxed(name: str) -> None:
    layout = QTextLayout(name, theme.font())
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    assert line.isValid()
    assert all(0 not in run.glyphIndexes() for run in layout.glyphRuns())


def test_an_icon_wears_the_colour_of_the_day() -> None:
    icon = theme.icon("lock", "accent")
    for mode in ("light", "dark"):
        theme.choose(mode=mode)
        picture = icon.pixmap(QSize(32, 32)).toImage()
        inked = [
            picture.pixelColor(x, y)
            for x in range(32)
            for y in range(32)
            if picture.pixelColor(x, y).alpha() == 255
        ]
        assert {colour.name().upper() for colour in inked} == {tokens()[mode]["accent"]}
    assert not QIcon(icon).isNull()


def test_an_icon_that_is_not_shipped_is_missed_before_it_is_painted() -> None:
    with pytest.raises(LookupError):
        theme.icon("unicorn")


def test_only_icons_that_are_used_are_shipped() -> None:
    assert {icon for icon in ICONS if icon not in SPOKEN} == set()
    assert (RESOURCES / "icons" / "LICENSE").read_text("utf-8").startswith("ISC License")


def test_no_widget_writes_a_style_of_its_own() -> None:
    writing = [path.name for path in UI.rglob("*.py") if "setStyleSheet" in path.read_text("utf-8")]
    assert writing == ["theme.py"]


def test_the_memory_keeps_the_look_and_nothing_it_does_not_understand(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.mode, memory.percent, memory.lock_minutes, memory.last_place = "dark", 120, 90, "names"
    again = Memory(tmp_path)
    assert (again.mode, again.percent, again.lock_minutes, again.last_place) == ("dark", 120, 15, "names")
    (tmp_path / "window.ini").write_text("[look]\nmode=plaid\npercent=much\n", "utf-8")
    other = Memory(tmp_path / "elsewhere")
    assert (other.mode, other.percent, other.lock_minutes, other.last_place) == ("system", 100, 5, "")
