"""JSON read as strictly as strangers' files deserve: nothing doubled, nothing that can't be shown."""

from __future__ import annotations

import json
import math
import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Escapes that may stand for NUL or for half a character; a pair of halves is one good character.
_DOUBTFUL = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")

# Measured by somebody, and so the only places where 37.0 may stand for 37.
_MEASURED = frozenset({"answers", "measures"})


def pointer(*parts: str | int) -> str:
    """Name a place in a JSON document."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def parse(data: bytes) -> Any:
    """Read a document; whatever is wrong with it is a Refusal that says where."""
    if data.startswith(BOM_UTF8):
        raise Refusal("byte_order_mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Refusal("not_utf8", byte=wrong.start) from None
    reading = _Reading(doubtful=_DOUBTFUL.search(text) is not None)
    try:
        document = json.loads(
            text,
            object_pairs_hook=reading.object,
            parse_float=reading.fraction,
            parse_constant=reading.constant,
        )
    except json.JSONDecodeError as wrong:
        raise Refusal("not_json", row=wrong.lineno, column=wrong.colno) from None
    except ValueError:  # Python refuses to count in numbers of thousands of digits
        raise Refusal("number_too_long") from None
    except RecursionError:
        raise Refusal("too_deep") from None
    if reading.doubtful:
        reading.refuse(document)
    return document


class _Reading:
    """Notices while reading whether a second, slower look is needed to name the place of a fault."""

    def __init__(self, *, doubtful: bool) -> None:
        self.doubtful = doubtful
        self.doubled: dict[int, tuple[dict[str, Any], str]] = {}

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            self.doubled[id(found)] = found, next(key for key in keys if keys.count(key) > 1)
            self.doubtful = True
        return found

    def fraction(self, text: str) -> float:
        number = float(text)
        self.doubtful |= not math.isfinite(number) or number.is_integer()
        return number

    def constant(self, _text: str) -> float:
        self.doubtful = True
        return math.nan

    def refuse(self, document: Any) -> None:
        for path, value in walk(document):
            fault = self.fault(path, value)
            if fault:
                # The key itself may be what can't be shown.
                raise Refusal(fault, at=_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", pointer(*path)))

    def fault(self, path: tuple[str | int, ...], value: Any) -> str | None:
        texts = [part for part in (value, *path[-1:]) if isinstance(part, str)]
        for text in texts:
            unprintable = _UNPRINTABLE.search(text)
            if unprintable:
                return "nul_in_text" if unprintable[0] == "\0" else "half_a_character"
        if isinstance(value, float) and not math.isfinite(value):
            return "not_a_number"
        if isinstance(value, float) and value.is_integer() and _MEASURED.isdisjoint(path):
            return "fractional_number"
        return "doubled_key" if id(value) in self.doubled else None


def walk(document: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Visit every value with the way to it, parents before what they hold."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, dict):
            waiting += [((*path, key), held) for key, held in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, place), value[place]) for place in range(len(value) - 1, -1, -1)]
