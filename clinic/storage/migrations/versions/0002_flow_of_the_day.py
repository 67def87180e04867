"""The flow of the day: when visits moved on, who was reached, days that were closed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CLOSED = "SELECT RAISE(ABORT, 'paper_is_final');"


def upgrade() -> None:
    op.create_table(
        "steps",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_steps_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name="fk_steps_by_staff", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
    )
    op.create_index("ix_steps_appointment", "steps", ["appointment", "at"])
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_attempts_client_clients", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_attempts_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name="fk_attempts_by_staff", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_client", "attempts", ["client", "at"])
    op.create_index("ix_attempts_appointment", "attempts", ["appointment"])
    op.create_table(
        "closings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("drawer_cents", sa.Integer(), nullable=False),
        sa.Column("expected_cents", sa.Integer(), nullable=False),
        sa.Column("counted_cents", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["staff.id"], name="fk_closings_closed_by_staff", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_closings"),
    )
    op.create_index("ix_closings_day", "closings", ["day"])
    op.execute(f"CREATE TRIGGER closings_no_update BEFORE UPDATE ON closings BEGIN {CLOSED} END")
    op.execute(f"CREATE TRIGGER closings_no_delete BEFORE DELETE ON closings BEGIN {CLOSED} END")
    op.add_column("appointments", sa.Column("fee_waived", sa.String(), nullable=True))
    op.add_column("clients", sa.Column("wishes", sa.String(), nullable=True))
    op.add_column("clients", sa.Column("do_not_contact", sa.Boolean(), nullable=True))
    op.create_index("ix_notes_open", "notes", ["appointment"], sqlite_where=sa.text("signed_at IS NULL"))


def downgrade() -> None:
    op.drop_index("ix_notes_open", "notes")
    op.drop_column("clients", "do_not_contact")
    op.drop_column("clients", "wishes")
    op.drop_column("appointments", "fee_waived")
    op.execute("DROP TRIGGER closings_no_update")
    op.execute("DROP TRIGGER closings_no_delete")
    op.drop_table("closings")
    op.drop_table("attempts")
    op.drop_table("steps")
