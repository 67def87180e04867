"""The page: type, rules and boxes at their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import atan2, cos, sin
from typing import TYPE_CHECKING, Literal

from clinic.documents.style import BODY, HAIR, INK, TOTAL_RULE, ReadyLine, Style, ready, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Align = Literal["left", "right", "middle", "end"]  # right: from the right edge; end: a line ends here


@dataclass(slots=True)
class Page:
    """One page: what is drawn on it so far, and the height still free; y grows upwards as on the press."""

    width: float
    height: float
    drawn: list[str] = field(default_factory=list)
    lines: list[ReadyLine] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, style: Style = BODY, align: Align = "left") -> None:
        """Write a line at its baseline."""
        line = ready(text, style)
        if align != "left":
            x -= line.width * (0.5 if align == "middle" else 1)
        self._write(line, x, y, style)

    def _write(self, line: ReadyLine, x: float, y: float, style: Style) -> None:
        self.lines.append(line)
        self.drawn.append(
            f"{style.colour} rg BT {style.size} 0 0 {style.size} {x:.2f} {y:.2f} Tm {line.operators}"
        )

    def paragraph(self, x: float, y: float, text: str, style: Style, width: float) -> float:
        """Write a text over as many lines as it takes; answer the baseline after the last."""
        for line in wrap(text, style, width):
            self.text(x, y, line, style)
            y -= style.leading
        return y

    def across(self, text: str, style: Style) -> None:
        """Write a word across the whole page, from low at the left to high at the right."""
        line = ready(text, style)
        turn = atan2(self.height, self.width)
        along, up = cos(turn), sin(turn)
        half = line.width / 2
        x = self.width / 2 - half * along + style.size * 0.36 * up
        y = self.height / 2 - half * up - style.size * 0.36 * along
        self.drawn.append(f"q {along:.4f} {up:.4f} {-up:.4f} {along:.4f} {x:.2f} {y:.2f} cm")
        self._write(line, 0, 0, style)
        self.drawn.append("Q")

    def rule(self, x: float, y: float, to: float, *, ink: str = INK, thick: float = TOTAL_RULE) -> None:
        """Draw a level line."""
        self.drawn.append(f"{ink} RG {thick} w {x:.2f} {y:.2f} m {to:.2f} {y:.2f} l S")

    def upright(self, x: float, y: float, to: float, *, ink: str = HAIR, thick: float = TOTAL_RULE) -> None:
        """Draw an upright line."""
        self.drawn.append(f"{ink} RG {thick} w {x:.2f} {y:.2f} m {x:.2f} {to:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, ink: str, *, radius: float = 4) -> None:
        """Fill a box with round corners; y is its lower edge."""
        self.drawn.append(f"{ink} rg {_rounded(x, y, width, height, radius)} f")

    def clipped_box(self, x: float, y: float, width: float, height: float, *, to: float, ink: str) -> None:
        """Fill the left part of a box with round corners."""
        outline = _rounded(x, y, width, height, 5)
        self.drawn.append(f"q {outline} W n {ink} rg {x:.2f} {y:.2f} {to:.2f} {height:.2f} re f Q")

    def frame(
        self, x: float, y: float, width: float, height: float, *, ink: str = HAIR, radius: float = 4
    ) -> None:
        """Draw the edge of a box with round corners."""
        self.drawn.append(f"{ink} RG {TOTAL_RULE} w {_rounded(x, y, width, height, radius)} S")

    def stroke(self, points: Sequence[tuple[float, float]], *, ink: str = INK, thick: float = 1) -> None:
        """Draw a pen stroke through the points."""
        (x, y), *rest = points
        path = f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest or points)
        self.drawn.append(f"q {ink} RG {thick} w 1 J 1 j {path} S Q")

    def curve(self, x: float, y: float, bends: Iterable[Sequence[float]], *, ink: str, thick: float) -> None:
        """Draw a smooth line from a point through bends of three points each."""
        path = " ".join(" ".join(f"{at:.2f}" for at in bend) + " c" for bend in bends)
        self.drawn.append(f"q {ink} RG {thick} w 1 J {x:.2f} {y:.2f} m {path} S Q")

    def shape(
        self,
        start: Sequence[float],
        bends: Iterable[Sequence[float]],
        *,
        fill: str = "",
        ink: str = "",
        thick: float = 0.75,
        dash: str = "",
    ) -> None:
        """Fill a shape of bends, draw its edge, or both; a dash is written as the press writes it."""
        path = " ".join(" ".join(f"{at:.2f}" for at in bend) + " c" for bend in bends)
        done = "B" if fill and ink else "f" if fill else "S"
        how = f"{fill} rg " if fill else ""
        how += f"{ink} RG {thick} w 1 J 1 j " if ink else ""
        how += f"[{dash}] 0 d " if dash else ""
        self.drawn.append(f"q {how}{start[0]:.2f} {start[1]:.2f} m {path} {done} Q")

    def hatch(
        self,
        start: Sequence[float],
        bends: Iterable[Sequence[float]],
        shape: Sequence[tuple[float, float]],
        *,
        ink: str,
        ground: str,
        step: float = 3.2,
    ) -> None:
        """Hatch what lies within a shape of straight edges and within an outline of bends."""
        outline = f"{start[0]:.2f} {start[1]:.2f} m " + " ".join(
            " ".join(f"{at:.2f}" for at in bend) + " c" for bend in bends
        )
        (x, y), *rest = shape
        edge = f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest) + " h"
        left, right = min(x for x, _y in shape), max(x for x, _y in shape)
        low, high = min(y for _x, y in shape), max(y for _x, y in shape)
        lines = []
        at = left - (high - low)
        while at < right:
            lines.append(f"{at:.2f} {low:.2f} m {at + high - low:.2f} {high:.2f} l")
            at += step
        filled = f"{ground} rg {left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re f"
        drawn = f"{ink} RG 0.6 w {' '.join(lines)} S"
        self.drawn.append(f"q {outline} W n {edge} W n {filled} {drawn} {ink} RG 1.2 w {edge} S Q")

    def disc(self, x: float, y: float, radius: float, *, fill: str = "", ink: str = "") -> None:
        """Fill a disc, or draw its edge."""
        k = radius * 0.5523  # how far a quarter circle's handles reach
        self.shape(
            (x + radius, y),
            (
                (x + radius, y + k, x + k, y + radius, x, y + radius),
                (x - k, y + radius, x - radius, y + k, x - radius, y),
                (x - radius, y - k, x - k, y - radius, x, y - radius),
                (x + k, y - radius, x + radius, y - k, x + radius, y),
            ),
            fill=fill,
            ink=ink,
        )


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    k = radius * 0.4477  # how near a quarter circle's handles come to its corner
    right, top = x + width, y + height
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l {x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )
