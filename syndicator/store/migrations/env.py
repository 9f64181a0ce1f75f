"""Alembic's entry: runs the migrations in the transaction that `schema` has opened. It must not open one of its own."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
