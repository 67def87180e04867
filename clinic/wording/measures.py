"""Measures in words: what was asked or moved."""

from __future__ import annotations

from clinic.wording import _


def tool(which: str, *, language: str | None = None) -> str:
    """Name a measure, in the language spoken now or in that of a paper; one we do not know keeps its own name."""
    words = {
        "NRS": _("Pain, 0 to 10", language=language),
        "VAS": _("Pain on a line, 0 to 100", language=language),
        "NDI": _("Neck disability index", language=language),
        "ODI": _("Back disability index", language=language),
        "PSFS": _("Own activities, 0 to 10", language=language),
        "ROM": _("Range of motion", language=language),
    }
    return words.get(which.partition(":")[0].upper(), which)
