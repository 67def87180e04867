"""The colours of window and paper can be read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

TOKENS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "resources" / "style" / "tokens.toml").read_text(encoding="utf-8")
)


def contrast(text: str, ground: str) -> float:
    """How far two colours lie apart, as the web's accessibility guidelines count it."""
    lighter, darker = sorted((_light(text), _light(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(theme: str) -> None:
    colours = TOKENS[theme]
    pairs = [(ink, ground) for ink in ("ink", "soft_ink") for ground in ("surface", "canvas", "sunken")]
    pairs += [("on_accent", "accent"), ("accent", "surface"), ("accent", "accent_tint"), ("info", "info_on")]
    faint = {(ink, ground) for ink, ground in pairs if contrast(colours[ink], colours[ground]) < 5}
    severity = colours["severity"]
    faint |= {
        (name, f"{name}_on")
        for name in ("S1", "S2", "S3", "S4", "S5")
        if contrast(severity[name], severity[f"{name}_on"]) < 5
    }
    assert not faint


def test_both_themes_have_the_same_tokens() -> None:
    for part in (None, "severity", "treatment"):
        light, dark = (TOKENS[theme][part] if part else TOKENS[theme] for theme in ("light", "dark"))
        assert light.keys() == dark.keys()
