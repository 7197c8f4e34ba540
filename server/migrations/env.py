"""Alembic's entry: runs the migrations on the connection that `shuke.platform.migrate` opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    transaction_per_migration=True,
    app_role=context.config.attributes["app_role"],
)
with context.begin_transaction():
    context.run_migrations()
