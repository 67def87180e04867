"""A trail whose rows can be emptied and still be vouched for, and the one door in the guards for that."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TRAIL_IS_FINAL = "SELECT RAISE(ABORT, 'trail_is_final');"
PAPER_IS_FINAL = "SELECT RAISE(ABORT, 'paper_is_final');"
NOTE_IS_SIGNED = "SELECT RAISE(ABORT, 'note_is_signed');"


def any_changed(*columns: str) -> str:
    """Say, as a condition, that one of these columns gets another value."""
    return "(" + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns) + ")"


# Nothing is erased within seven years of the last visit or the last money, before somebody is nineteen, on hold, or
# with a visit ahead, whatever the program above thinks (domain G4).
KEPT = """
    SELECT RAISE(ABORT, 'file_is_kept')
    WHERE NOT EXISTS (SELECT 1 FROM clients WHERE id = NEW.client AND hold IS NULL)
    OR EXISTS (SELECT 1 FROM clients WHERE id = NEW.client AND date(born, '+19 years') >= NEW.day)
    OR EXISTS (
        SELECT 1 FROM appointments WHERE client = NEW.client
        AND (state = 'done' AND at >= date(NEW.day, '-7 years')
             OR state IN ('tentative', 'confirmed', 'arrived', 'in_treatment') AND at >= NEW.day))
    OR EXISTS (SELECT 1 FROM invoices WHERE client = NEW.client AND issued_on >= date(NEW.day, '-7 years'))
    OR EXISTS (SELECT 1 FROM payments WHERE client = NEW.client AND paid_on >= date(NEW.day, '-7 years'))
    OR EXISTS (
        SELECT 1 FROM refunds JOIN payments ON payments.id = refunds.payment
        WHERE payments.client = NEW.client AND refunded_on >= date(NEW.day, '-7 years'));
"""
OPEN = "EXISTS (SELECT 1 FROM erasing)"
OURS = "EXISTS (SELECT 1 FROM erasing WHERE client = OLD.client)"
OF_VISIT = """EXISTS (SELECT 1 FROM appointments JOIN erasing ON erasing.client = appointments.client
    WHERE appointments.id = OLD.appointment)"""
OF_INVOICE = """EXISTS (SELECT 1 FROM invoices JOIN erasing ON erasing.client = invoices.client
    WHERE invoices.id = OLD.invoice)"""
OF_PAPER = """EXISTS (
    SELECT 1 FROM erasing WHERE client IN (
        SELECT client FROM invoices WHERE id = OLD.invoice
        UNION ALL SELECT client FROM payments WHERE id = OLD.payment
        UNION ALL SELECT payments.client FROM refunds JOIN payments ON payments.id = refunds.payment
        WHERE refunds.id = OLD.refund))"""
TOLD = any_changed(
    "sequence", "at", "zone", "person", "role", "action", "object", "seal", "digest"
)  # fmt: skip
EMPTIED = f"NEW.payload = '' AND NEW.salt IS NULL AND OLD.action <> 'erased' AND NOT {TOLD}"
NUMBERED = any_changed(
    "number", "kind", "series", "year", "sequence", "invoice", "payment", "refund", "issued_at", "sheet_hash"
)
SHEET = any_changed("sheet")
REPRINTED = f"OLD.pages_hash IS NOT NULL AND {any_changed('pages', 'pages_hash', 'printed_at')}"
CHARGED = any_changed("invoice", "position", "kind", "price_cents", "discount_cents", "tax_cents")
WORDED = any_changed("text", "discount_reason")

# What each guard was, and what it is with the door in it.
BEFORE = {
    "audit_no_update": ("UPDATE ON audit", TRAIL_IS_FINAL),
    "consents_no_delete": ("DELETE ON consents", PAPER_IS_FINAL),
    "signed_papers_no_delete": ("DELETE ON signed_papers", PAPER_IS_FINAL),
    "decisions_no_delete": ("DELETE ON decisions", TRAIL_IS_FINAL),
    "lines_issued": (f"UPDATE ON lines WHEN {CHARGED} OR {WORDED}", PAPER_IS_FINAL),
    "papers_issued": (f"UPDATE ON papers WHEN {NUMBERED} OR {SHEET}", PAPER_IS_FINAL),
    "papers_printed": (f"UPDATE ON papers WHEN {REPRINTED}", PAPER_IS_FINAL),
}
AFTER = {
    "audit_no_update": (
        f"UPDATE ON audit WHEN NOT ({EMPTIED} AND {OPEN})",
        TRAIL_IS_FINAL,
    ),
    "consents_no_delete": (f"DELETE ON consents WHEN NOT {OURS}", PAPER_IS_FINAL),
    "signed_papers_no_delete": (f"DELETE ON signed_papers WHEN NOT {OURS}", PAPER_IS_FINAL),
    "decisions_no_delete": (f"DELETE ON decisions WHEN NOT {OF_VISIT}", TRAIL_IS_FINAL),
    "lines_issued": (
        f"UPDATE ON lines WHEN {CHARGED} OR {WORDED} AND NOT {OF_INVOICE}",
        PAPER_IS_FINAL,
    ),
    "papers_issued": (
        f"UPDATE ON papers WHEN {NUMBERED} OR {SHEET} AND NOT {OF_PAPER}",
        PAPER_IS_FINAL,
    ),
    "papers_printed": (
        f"UPDATE ON papers WHEN {REPRINTED} AND NOT (NEW.pages IS NULL AND {OF_PAPER})",
        PAPER_IS_FINAL,
    ),
}
NEW = {
    "erasing_allowed": ("INSERT ON erasing", KEPT),
    "erasing_no_update": ("UPDATE ON erasing", TRAIL_IS_FINAL),
    "notes_no_delete": (
        f"DELETE ON notes WHEN OLD.signed_at IS NOT NULL AND NOT {OF_VISIT}",
        NOTE_IS_SIGNED,
    ),
}


def guard(name: str, when: str, then: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN {then} END")


def upgrade() -> None:
    op.add_column("audit", sa.Column("digest", sa.String(), nullable=True))
    op.add_column("audit", sa.Column("salt", sa.LargeBinary(), nullable=True))
    op.create_table(
        "erasing",
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.CheckConstraint("door = 'open'", name="ck_erasing_door"),
        sa.ForeignKeyConstraint(
            ["door"], ["practice.id"], name="fk_erasing_door_practice", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("client", name="pk_erasing"),
    )
    for name in AFTER:
        op.execute(f"DROP TRIGGER {name}")
    for name, (when, then) in {**AFTER, **NEW}.items():
        guard(name, when, then)


def downgrade() -> None:
    for name in (*AFTER, *NEW):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("erasing")
    op.drop_column("audit", "salt")
    op.drop_column("audit", "digest")
    for name, (when, then) in BEFORE.items():
        guard(name, when, then)
