"""When each client was last here, kept by the file itself; and indexes that answer more by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LAST = """
    UPDATE clients SET last_visit = (
        SELECT max(at) FROM appointments WHERE appointments.client = clients.id AND appointments.state = 'done'
    )
"""
KEEPERS = {
    "last_visit_booked": ("INSERT ON appointments WHEN NEW.state = 'done'", "NEW.client"),
    "last_visit_changed": ("UPDATE OF client, at, state ON appointments", "NEW.client, OLD.client"),
    "last_visit_removed": ("DELETE ON appointments WHEN OLD.state = 'done'", "OLD.client"),
    "last_visit_arrived": ("INSERT ON clients", "NEW.id"),
}
INDEXES = {
    "ix_appointments_client_at": ("appointments", ["client", "at"], ["client", "at", "state"]),
    "ix_lines_appointment": ("lines", ["appointment"], ["appointment", "kind", "invoice"]),
}
"""Where each lies, what it held before, and what it holds."""
WORDS = "CREATE VIRTUAL TABLE client_search_words USING fts5vocab('client_search', 'col')"
"""Every word of the index once, so that a name that was misspelled is looked for among names, not among people."""


def upgrade() -> None:
    for name, (table, _, columns) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    op.add_column("clients", sa.Column("last_visit", sa.DateTime(), nullable=True))
    op.execute(LAST)
    current = sa.text("archived_on IS NULL")
    op.create_index("ix_clients_last_visit", "clients", ["last_visit", "id"], sqlite_where=current)
    op.execute(WORDS)
    for name, (when, whose) in KEEPERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {LAST} WHERE clients.id IN ({whose}); END")


def downgrade() -> None:
    for name in KEEPERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE client_search_words")
    op.drop_index("ix_clients_last_visit", "clients")
    op.drop_column("clients", "last_visit")
    for name, (table, columns, _) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, columns)
