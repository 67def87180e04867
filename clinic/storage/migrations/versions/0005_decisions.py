"""What the rules said of visits: decisions, standings of visits ahead, and clearances asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TRIGGERS = {
    "decisions_no_update": "UPDATE ON decisions",
    "decisions_no_delete": "DELETE ON decisions",
}


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("ruleset", sa.String(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("full", sa.String(), nullable=True),
        sa.Column("quick", sa.String(), nullable=True),
        key("decisions", "appointment", "appointments"),
        key("decisions", "decided_by", "staff"),
        key("decisions", "full", "screenings"),
        key("decisions", "quick", "screenings"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_appointment", "decisions", ["appointment", "decided_at"])
    op.create_table(
        "standings",
        sa.Column("appointment", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("left", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("ruleset", sa.String(), nullable=False),
        sa.Column("judged_at", sa.String(27), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        key("standings", "appointment", "appointments"),
        key("standings", "client", "clients"),
        sa.PrimaryKeyConstraint("appointment", name="pk_standings"),
    )
    op.create_index("ix_standings_client", "standings", ["client"])
    op.create_index("ix_standings_left", "standings", ["left"])
    op.create_table(
        "clearance_requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("clinician", sa.JSON(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_for", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        key("clearance_requests", "client", "clients"),
        key("clearance_requests", "appointment", "appointments"),
        key("clearance_requests", "opened_by", "staff"),
        key("clearance_requests", "letter", "letters"),
        sa.PrimaryKeyConstraint("id", name="pk_clearance_requests"),
    )
    for name, column in (
        ("client", "client"), ("open", "closed_on"), ("letter", "letter"), ("appointment", "appointment")
    ):  # fmt: skip
        op.create_index(f"ix_clearance_requests_{name}", "clearance_requests", [column])
    for name, when in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, 'trail_is_final'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for table in ("clearance_requests", "standings", "decisions"):
        op.drop_table(table)
