"""Words cut short: the dots stand where the words would go on, which in Arabic or Hebrew is at the left."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QFontMetricsF

STRONG = {"L": "L", "R": "R", "AL": "R"}
TO_THE_LEFT = "\N{RIGHT-TO-LEFT MARK}"


def cut(metrics: QFontMetrics | QFontMetricsF, words: str, wide: int) -> str:
    """Cut words short where they are wider than there is room."""
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(wide, 0))
    return shown + TO_THE_LEFT if shown != words and _ends_to_the_left(shown) else shown


def _ends_to_the_left(words: str) -> bool:
    """Tell whether the last letter belongs to a script that is written to the left."""
    kinds = (STRONG.get(unicodedata.bidirectional(letter)) for letter in reversed(words))
    return next((kind for kind in kinds if kind), "L") == "R"
