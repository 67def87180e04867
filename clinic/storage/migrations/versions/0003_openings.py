"""Blocks, special days, the waiting list, series, and what the finder of free times asks of people."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = (
    ("practice", "special_days", sa.JSON()),
    ("staff", "special_days", sa.JSON()),
    ("staff", "lymphatic_certified", sa.Boolean()),
    ("staff", "limits", sa.JSON()),
    ("staff", "gender", sa.String(24)),
    ("staff", "left_on", sa.Date()),
    ("clients", "prefers_gender", sa.String(24)),
    ("appointments", "series", sa.String()),
)


def upgrade() -> None:
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "blocks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("begins", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("staff IS NULL OR room IS NULL", name="ck_blocks_whose"),
        sa.CheckConstraint("ends IS NULL OR ends > begins", name="ck_blocks_ends"),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name="fk_blocks_room_rooms", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_blocks_staff_staff", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_blocks"),
    )
    op.create_index("ix_blocks_ends", "blocks", ["ends"])
    op.create_table(
        "waiting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("days", sa.JSON(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("urgency", sa.String(24), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("appointment", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 720", name="ck_waiting_minutes"),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_waiting_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_waiting_client_clients", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_waiting_staff_staff", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["treatment"], ["treatments.id"], name="fk_waiting_treatment_treatments", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting"),
    )
    op.create_index("ix_waiting_client", "waiting", ["client"])


def downgrade() -> None:
    op.drop_table("waiting")
    op.drop_table("blocks")
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
