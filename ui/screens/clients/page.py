"""What a client's page shows, asked for at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from clinic.office import charts, clients, merging, requests, screenings
from clinic.office.charts import May

if TYPE_CHECKING:
    from clinic.office.charts import Chart
    from clinic.office.clients import Details, Found
    from clinic.office.merging import Done
    from clinic.office.requests import Row
    from clinic.office.screenings import Renewal
    from clinic.values import ClientId


class Page(NamedTuple):
    """All that a client's page shows."""

    chart: Chart
    details: Details
    requests: tuple[Row, ...]
    household: tuple[Found, ...]
    merges: tuple[Done, ...]
    health: Renewal | None
    """Whether the health history is to be asked again; None for whoever asks nobody."""


def page_of(work: Any, client: ClientId) -> Page:
    """Open a client's page."""
    chart = charts.chart(work, client)
    asked = requests.listed(work, client=client, all_of_them=True) if May.SEE_LETTERS in chart.may else ()
    return Page(
        chart,
        clients.details(work, client),
        asked,
        clients.household(work, client),
        merging.of_client(work, client),
        screenings.due(work, client) if May.ASK_HEALTH in chart.may else None,
    )
