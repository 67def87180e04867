"""Where alembic enters: the connection is handed in, already inside the one transaction of the upgrade."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
