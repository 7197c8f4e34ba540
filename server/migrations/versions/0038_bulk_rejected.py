"""Acts on many members that a second person refused end as rejected."""

from shuke.platform import migrate

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    migrate.run_sql("""
        alter table bulk_act drop constraint bulk_act_state_check;
        alter table bulk_act add constraint bulk_act_state_check check (
            state in (
                'approval', 'waiting', 'running', 'done', 'stopped', 'failed', 'rejected', 'undoing', 'undone'
            )
        )
    """)
