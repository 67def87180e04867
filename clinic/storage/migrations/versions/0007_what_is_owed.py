"""What is owed: the lines that are not paid in full, kept by the file itself, so that nobody goes through all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A visit from a bundle is paid by its bundle, and what was voided is asked of nobody.
OWING = """
    CREATE VIEW owing AS SELECT lines.id AS line FROM lines JOIN invoices ON invoices.id = lines.invoice
    WHERE lines.kind <> 'bundle_use' AND invoices.void_on IS NULL
    AND lines.price_cents - coalesce(lines.discount_cents, 0) + coalesce(lines.tax_cents, 0)
        > coalesce((SELECT sum(amount_cents) FROM allocations WHERE allocations.line = lines.id), 0)
"""
ALL = "INSERT INTO owed (line) SELECT line FROM owing"
CHARGED = "INSERT INTO owed (line) SELECT line FROM owing WHERE line = NEW.id;"
PAID = (
    "DELETE FROM owed WHERE line = NEW.line AND line NOT IN (SELECT line FROM owing WHERE line = NEW.line);"
)
AGAIN = """
    DELETE FROM owed WHERE line = OLD.line;
    INSERT INTO owed (line) SELECT line FROM owing WHERE line = OLD.line;
"""
VOID = "DELETE FROM owed WHERE line IN (SELECT id FROM lines WHERE invoice = NEW.id);"
KEEPERS = {
    "owed_charged": ("INSERT ON lines", CHARGED),
    "owed_paid": ("INSERT ON allocations", PAID),
    "owed_changed": ("UPDATE ON allocations", AGAIN + PAID),
    "owed_taken_off": ("DELETE ON allocations", AGAIN),
    "owed_void": ("UPDATE OF void_on ON invoices WHEN NEW.void_on IS NOT NULL", VOID),
}


def upgrade() -> None:
    op.create_table(
        "owed",
        sa.Column("line", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["lines.id"], name="fk_owed_line_lines", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("line", name="pk_owed"),
    )
    op.execute(OWING)
    op.execute(ALL)
    for name, (when, then) in KEEPERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {then} END")


def downgrade() -> None:
    for name in KEEPERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP VIEW owing")
    op.drop_table("owed")
