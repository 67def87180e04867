"""Who may do what: one table by role, and nothing that is not in it."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from clinic.values import Role


class Permission(StrEnum):
    """Every kind of thing an office task can ask leave for."""

    CALENDAR_SEE = "calendar_see"
    CALENDAR_CHANGE = "calendar_change"
    CLIENT_SEE = "client_see"
    CLIENT_CHANGE = "client_change"
    FLAGS_SEE = "flags_see"
    HEALTH_READ = "health_read"
    HEALTH_WRITE = "health_write"
    NOTE_READ = "note_read"
    NOTE_WRITE = "note_write"
    LETTER_SEE = "letter_see"
    LETTER_CHANGE = "letter_change"
    MONEY_SEE = "money_see"
    MONEY_TAKE = "money_take"
    MONEY_REVERSE = "money_reverse"
    PRICES_CHANGE = "prices_change"
    STAFF_CHANGE = "staff_change"
    PRACTICE_SEE = "practice_see"
    PRACTICE_CHANGE = "practice_change"
    DAY_CLOSE = "day_close"
    REPORTS_SEE = "reports_see"
    RULES_CHANGE = "rules_change"
    YEAR_END = "year_end"
    EXPORT_ALL = "export_all"
    IMPORT = "import"
    BACKUP = "backup"
    RESTORE = "restore"
    ERASE = "erase"
    VERIFY = "verify"
    AUDIT_SEE = "audit_see"
    OWN_KEY = "own_key"


class Reach(IntEnum):
    """How far a permission carries; a longer reach includes every shorter one."""

    NONE = 0
    LIMITED = 1
    """Something shows, its clinical part does not: dates and counts of a letter, what to do about a flag."""
    OWN = 2
    """Whole, for one's own clients and visits only."""
    ALL = 3


# custody.md, "People". What a role's row does not name is denied.
TABLE: dict[Role, dict[Permission, Reach]] = {
    Role.OWNER: dict.fromkeys(Permission, Reach.ALL),
    Role.THERAPIST: {
        Permission.CALENDAR_SEE: Reach.OWN,
        Permission.CALENDAR_CHANGE: Reach.OWN,
        Permission.CLIENT_SEE: Reach.OWN,
        Permission.CLIENT_CHANGE: Reach.OWN,
        Permission.FLAGS_SEE: Reach.OWN,
        Permission.HEALTH_READ: Reach.OWN,
        Permission.HEALTH_WRITE: Reach.OWN,
        Permission.NOTE_READ: Reach.OWN,
        Permission.NOTE_WRITE: Reach.OWN,
        Permission.LETTER_SEE: Reach.OWN,
        Permission.LETTER_CHANGE: Reach.OWN,
        Permission.MONEY_SEE: Reach.OWN,
        Permission.MONEY_TAKE: Reach.OWN,
        Permission.PRACTICE_SEE: Reach.ALL,
        Permission.REPORTS_SEE: Reach.OWN,
        Permission.YEAR_END: Reach.OWN,
        Permission.BACKUP: Reach.ALL,
        Permission.VERIFY: Reach.ALL,
        Permission.AUDIT_SEE: Reach.OWN,
        Permission.OWN_KEY: Reach.ALL,
    },
    Role.FRONT_DESK: {
        Permission.CALENDAR_SEE: Reach.ALL,
        Permission.CALENDAR_CHANGE: Reach.ALL,
        Permission.CLIENT_SEE: Reach.ALL,
        Permission.CLIENT_CHANGE: Reach.ALL,
        Permission.FLAGS_SEE: Reach.LIMITED,
        Permission.HEALTH_WRITE: Reach.LIMITED,  # writes, cannot read back
        Permission.LETTER_SEE: Reach.LIMITED,
        Permission.MONEY_SEE: Reach.ALL,
        Permission.MONEY_TAKE: Reach.ALL,
        Permission.DAY_CLOSE: Reach.ALL,
        Permission.PRACTICE_SEE: Reach.ALL,
        Permission.BACKUP: Reach.ALL,
        Permission.VERIFY: Reach.ALL,
        Permission.AUDIT_SEE: Reach.OWN,
        Permission.OWN_KEY: Reach.ALL,
    },
    Role.BOOKKEEPER: {
        Permission.CLIENT_SEE: Reach.LIMITED,  # name and address
        Permission.MONEY_SEE: Reach.ALL,
        Permission.PRACTICE_SEE: Reach.ALL,
        Permission.REPORTS_SEE: Reach.ALL,
        Permission.YEAR_END: Reach.ALL,
        Permission.VERIFY: Reach.ALL,
        Permission.AUDIT_SEE: Reach.LIMITED,
        Permission.OWN_KEY: Reach.ALL,
    },
}

WITH_REASON = frozenset(
    {
        Permission.MONEY_REVERSE,
        Permission.PRICES_CHANGE,
        Permission.STAFF_CHANGE,
        Permission.RULES_CHANGE,
        Permission.EXPORT_ALL,
        Permission.RESTORE,
        Permission.ERASE,
    },
)
"""What is done only after the password was given again and a reason stated."""


def reach(role: Role, permission: Permission) -> Reach:
    """How far this role may go; what the table does not name is denied."""
    return TABLE[role].get(permission, Reach.NONE)
