"""How the settings name roles, techniques and purposes."""

from __future__ import annotations

from clinic.values import BlockKind, Gender, Purpose, Role, Technique
from clinic.wording import _


def role(which: Role) -> str:
    """Name a role."""
    return {
        Role.OWNER: _("Owner"),
        Role.THERAPIST: _("Therapist"),
        Role.FRONT_DESK: _("Front desk"),
        Role.BOOKKEEPER: _("Bookkeeper"),
    }[which]


def may(which: Role) -> str:
    """Say in a line what a role may do."""
    return {
        Role.OWNER: _(
            "Sees and does everything; money goes back and prices change with password and reason."
        ),
        Role.THERAPIST: _("Own visits and clients in full; others' visits as busy or free."),
        Role.FRONT_DESK: _("Everybody's calendar, contacts and till; of a flag only what to do about it."),
        Role.BOOKKEEPER: _("Money, reports and the year's end; nothing about anybody's health."),
    }[which]


def gender(which: Gender | None) -> str:
    """Name a therapist's gender, as clients ask for it."""
    if which is None:
        return _("not said")
    return {Gender.FEMALE: _("Woman"), Gender.MALE: _("Man"), Gender.NONBINARY: _("Nonbinary")}[which]


def technique(which: Technique) -> str:
    """Name a technique as a price list does."""
    return {
        Technique.SWEDISH: _("Swedish"),
        Technique.THERAPEUTIC: _("Therapeutic"),
        Technique.DEEP_TISSUE: _("Deep tissue"),
        Technique.TRIGGER_POINT: _("Trigger point"),
        Technique.MYOFASCIAL: _("Myofascial release"),
        Technique.PRENATAL: _("Prenatal"),
        Technique.LYMPHATIC: _("Lymphatic drainage"),
        Technique.HOT_STONE: _("Hot stone"),
        Technique.SPORTS: _("Sports"),
        Technique.CUPPING: _("Cupping"),
    }[which]


def purpose(which: Purpose) -> str:
    """Name what a treatment is for; relaxation can never be marked."""
    return {
        Purpose.RELAXATION: _("Relaxation, never medical"),
        Purpose.THERAPEUTIC: _("Therapeutic"),
        Purpose.MEDICAL: _("Medical, by a letter"),
    }[which]


def block(which: BlockKind) -> str:
    """Say why a time can't be booked."""
    return {
        BlockKind.TIME_OFF: _("Time off"),
        BlockKind.BREAK: _("Break"),
        BlockKind.MEETING: _("Meeting"),
        BlockKind.TRAINING: _("Training"),
        BlockKind.CLEANING: _("Cleaning"),
        BlockKind.REPAIR: _("Repair"),
        BlockKind.CLOSED: _("Closed"),
        BlockKind.OTHER: _("Something else"),
    }[which]
