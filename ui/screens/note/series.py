"""How the series stands, beside the note of one of its visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _, ngettext, outcomes, plans

if TYPE_CHECKING:
    from ui.screens.note.page import Page


def of(page: Page) -> list[tuple[str, str]]:
    """Say what the series is for, how far it has come and when to look again; nothing without a plan."""
    plan = page.plan
    if plan is None:
        return []
    found: list[tuple[str, str]] = []
    for goal in plan.facts.goals[:2]:
        named = outcomes.goal(goal.kind.value)
        found.append((_("Goal"), goal.text or named) if not found else (named, goal.text or "–"))  # noqa: RUF001 - a dash
    found.append((_("How often"), plans.rhythm(plan.facts.times, plan.facts.weeks)))
    done = _("{done} of {whole}").format(done=plan.progress.done, whole=plan.progress.whole)
    found.append((_("Visits done"), done))
    if plan.progress.review_at is not None:
        left = plan.progress.review_at - plan.progress.done
        due = (
            _("the next")
            if left <= 1
            else ngettext("in {n} visit", "in {n} visits", left - 1).format(n=left - 1)
        )
        found.append((_("Review"), _("Visit {n}, {due}").format(n=plan.progress.review_at, due=due)))
    return found
