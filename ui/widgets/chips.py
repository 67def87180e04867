"""Flags and marks: a word with its icon on a tint. Severity colours are for clinical flags alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ui.widgets import text

Tint = Literal["plain", "info", "covered", "S1", "S2", "S3", "S4", "S5"]

NEUTRAL = {"plain", "info", "covered"}


class Chip(QFrame):
    """A word, perhaps a short remark, and an icon on a tint."""

    def __init__(self, words: str, remark: str = "", icon: str = "", tint: Tint = "plain") -> None:
        super().__init__()
        self.setProperty("flag", tint)
        self.setAccessibleName(f"{words}, {remark}" if remark else words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 2, 8, 2)
        line.setSpacing(6)
        if icon:
            tone = {"plain": "soft_ink", "covered": "accent"}.get(tint, tint)
            line.addWidget(text.Glyph(icon, tone, 14))
        line.addWidget(
            text.label(words, tone="flag", weight="semibold" if remark or tint not in NEUTRAL else "")
        )
        if remark:
            said = text.Elided(remark)
            said.setProperty("tone", "flag")
            line.addWidget(said)


class KeyCap(QFrame):
    """A key to press, drawn as a key."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self.setProperty("role", "key")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(5, 1, 5, 1)
        line.addWidget(text.caption(keys))
