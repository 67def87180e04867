"""How the practice speaks: translation, and how money, days and times are written."""

from __future__ import annotations

import gettext as _gettext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from clinic.values import Money

LOCALE_FOLDER = Path(__file__).parents[2] / "resources" / "locale"
LANGUAGES = ("en", "es")


@lru_cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("effleurage", LOCALE_FOLDER, languages=[language], fallback=True)


_speaking = "en"


def speak(language: str) -> None:
    """Choose the language of everything that is worded from now on; an unknown one falls back to English."""
    global _speaking  # noqa: PLW0603 - one program speaks one language at a time
    _speaking = language if language in LANGUAGES else "en"


def language() -> str:
    """Name the language spoken now."""
    return _speaking


def _(sentence: str, *, language: str | None = None) -> str:
    """Say the sentence in the language spoken now, or in the one named."""
    return _catalogue(language or _speaking).gettext(sentence)


def ngettext(one: str, many: str, n: int, *, language: str | None = None) -> str:
    """Say the sentence for one or for many."""
    return _catalogue(language or _speaking).ngettext(one, many, n)


def _locale(language: str | None) -> str:
    return {"en": "en_US", "es": "es_US"}.get(language or _speaking, "en_US")


def money(amount: Money) -> str:
    """Write an amount as people read it: ``$1,234.50``, a negative one with a true minus."""
    sign = "\N{MINUS SIGN}" if amount.cents < 0 else ""
    whole, rest = divmod(abs(amount.cents), 100)
    return f"{sign}${whole:,}.{rest:02d}"


def figure(amount: Money) -> str:
    """Write an amount for a column of figures: ``1,234.50``; what goes the other way stands in brackets."""
    whole, rest = divmod(abs(amount.cents), 100)
    text = f"{whole:,}.{rest:02d}"
    return f"({text})" if amount.cents < 0 else text


def day(on: date, *, language: str | None = None) -> str:
    """Write a day: ``Nov 18, 2026``."""
    from babel.dates import format_date  # noqa: PLC0415 - babel is slow to import and not needed to start

    return format_date(on, "medium", locale=_locale(language))


def short_day(on: date, *, language: str | None = None) -> str:
    """Write a day whose year is known: ``Nov 18``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    return str(format_skeleton("MMMd", on, locale=_locale(language)))


def weekday(on: date, *, language: str | None = None) -> str:
    """Write a day near enough that its weekday says it: ``Wed, Nov 18``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    return str(format_skeleton("MMMEd", on, locale=_locale(language)))


LONG_DAYS = {"en": "EEEE, MMMM d", "es": "EEEE, d 'de' MMMM"}


def long_day(on: date, *, language: str | None = None) -> str:
    """Write a day as the head of a page: ``Wednesday, November 18``."""
    from babel.dates import format_date  # noqa: PLC0415 - as above

    return format_date(on, LONG_DAYS[language or _speaking], locale=_locale(language))


def clock(at: time | datetime) -> str:
    """Write a time of day: ``4:00 pm``."""
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def moment(at: datetime) -> str:
    """Write a day and a time: ``Nov 18, 2026, 4:00 pm``."""
    return f"{day(at.date())}, {clock(at)}"


def appointment(at: datetime, *, language: str | None = None) -> str:
    """Write a day and a time to be kept: ``Wed, Dec 2, 2026, 4:00 pm``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - as above

    return f"{format_skeleton('yMMMEd', at, locale=_locale(language))}, {clock(at)}"
