"""Plans in words: how often, what to think of, and what physical therapy on the same day asks for."""

from __future__ import annotations

from clinic.wording import _, ngettext


def rhythm(times: int, weeks: int) -> str:
    """Say how often visits are meant to be."""
    if times == 1:
        return ngettext("Once a week", "Every {n} weeks", weeks).format(n=weeks)
    if weeks == 1:
        return ngettext("{n} time a week", "{n} times a week", times).format(n=times)
    return _("{times} times in {weeks} weeks").format(times=times, weeks=weeks)


def hint(key: str) -> str:
    """Say what in a plan is worth a second look, and why."""
    return {
        "short_for_neck": _(
            "For long-standing neck pain, visits of 60 minutes helped where those of 30 did not."
        ),
        "far_apart": _("Visits are usually one to three weeks apart."),
        "deep_too_often": _("More than two deep sessions a week leave little time to recover."),
        "no_goal": _("A goal in the client's own words shows later whether the series was worth it."),
        "no_function_goal": _(
            "Under a letter a goal of daily life counts most: what should be possible again?"
        ),
        "no_review": _("Without a review nobody can say how far the series has come."),
        "review_late": _("Under a letter, measures are looked at every thirty days."),
        "beyond_letter": _("The series has more visits than the letter gives."),
    }[key]


def side(key: str) -> str:
    """Say on which side of physical therapy a massage comes."""
    return {"before": _("before physical therapy"), "after": _("after physical therapy")}[key]


def advice(key: str) -> str:
    """Say what physical therapy on the day asks for."""
    return {
        "light": _("a light warm-up, P2 to P3"),
        "at_most_half_an_hour": _("half an hour at most"),
        "not_where_loaded": _("not on what is trained afterwards"),
        "ease": _("ease what is sore, P2 to P4"),
        "one_code": _("billed with manual therapy on one day, insurers often pay for one of them"),
    }[key]


def goes_first(key: str | None) -> str:
    """Say to whom may know no more which of the day's appointments goes first."""
    if key == "before":
        return _("The client has another appointment that day: book this one before it.")
    if key == "after":
        return _("The client has another appointment that day: book this one after it.")
    return _("The client has another appointment that day: ask when it is.")


def weekday(key: str) -> str:
    """Name a day of the week shortly."""
    return {
        "mon": _("Mon"),
        "tue": _("Tue"),
        "wed": _("Wed"),
        "thu": _("Thu"),
        "fri": _("Fri"),
        "sat": _("Sat"),
        "sun": _("Sun"),
    }[key]
