"""What holidays are called."""

from __future__ import annotations

from clinic.values import Holiday
from clinic.wording import _


def name(holiday: Holiday) -> str:
    """Name a holiday."""
    return {
        Holiday.NEW_YEAR: _("New Year's Day"),
        Holiday.KING: _("Martin Luther King Jr. Day"),
        Holiday.PRESIDENTS: _("Presidents' Day"),
        Holiday.CHAVEZ: _("César Chávez Day"),
        Holiday.MEMORIAL: _("Memorial Day"),
        Holiday.JUNETEENTH: _("Juneteenth"),
        Holiday.INDEPENDENCE: _("Independence Day"),
        Holiday.LABOR: _("Labor Day"),
        Holiday.INDIGENOUS: _("Indigenous Peoples' Day"),
        Holiday.VETERANS: _("Veterans Day"),
        Holiday.THANKSGIVING: _("Thanksgiving"),
        Holiday.AFTER_THANKSGIVING: _("the day after Thanksgiving"),
        Holiday.CHRISTMAS: _("Christmas Day"),
    }[holiday]
