"""The head of a client's page in words: how they are called, their age, and what must not be overlooked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.office.screenings import Renewal
from clinic.wording import _
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from clinic.office.charts import Chart


def beside(chart: Chart) -> str:
    """Give what stands beside the name: how they like to be called, and their age."""
    said = []
    if chart.preferred_name and chart.preferred_name not in chart.name.split():
        said.append(_("called {name}").format(name=chart.preferred_name))
    if chart.age is not None:
        said.append(_("age {n}").format(n=chart.age))
    return ", ".join(said)


def _to_be_asked(health: Renewal | None) -> list[Chip]:
    """Say that the health history is to be asked, where it is."""
    said = {Renewal.NEVER_ASKED: _("never asked"), Renewal.OVERDUE: _("to be asked again")}
    return [Chip(_("Health history"), said[health], "stethoscope")] if health in said else []


def chips(chart: Chart, health: Renewal | None) -> list[Chip]:
    """Give what stands under the name: allergies, a file put away, a health history to be asked."""
    found = [Chip(_("Allergy"), allergy, "leaf") for allergy in chart.allergies]
    if chart.archived:
        found.append(Chip(_("Put away"), icon="folder-open"))
    return found + _to_be_asked(health)
