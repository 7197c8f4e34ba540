"""Takes the people who sign in, and their sessions, from one database into another, so that nobody is signed out.

Both databases are of one installation and share its key files, so sealed secrets stay readable. What belongs to the
shop that goes stays behind: the stores, regions and employees that people see are not those of the other shop.
"""

from io import BytesIO

import asyncpg

# In the order in which they need each other, with the columns that name something of the old shop.
_TABLES: tuple[tuple[str, frozenset[str]], ...] = (
    ("staff_role", frozenset()),
    ("staff_user", frozenset({"employee_id"})),
    ("staff_user_role", frozenset()),
    ("staff_security", frozenset()),
    ("staff_secret", frozenset()),
    ("staff_totp", frozenset()),
    ("staff_recovery_code", frozenset()),
    ("staff_passkey", frozenset()),
    ("staff_password_history", frozenset()),
    ("staff_provider", frozenset()),
    ("staff_provider_subject", frozenset()),
    ("staff_session", frozenset()),
    ("user_setting", frozenset()),
)
_EMPTY = """
    delete from user_setting; delete from staff_session; delete from staff_provider_subject;
    delete from staff_provider; delete from staff_password_history; delete from staff_passkey;
    delete from staff_recovery_code; delete from staff_totp; delete from staff_secret; delete from staff_security;
    delete from staff_user_role; delete from staff_user; delete from staff_role
"""
_COLUMNS = """
    select column_name from information_schema.columns
    where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'
    order by ordinal_position
"""
# Numbers that are handed out next lie above those that came along.
_SEQUENCES = """
    select setval(pg_get_serial_sequence('staff_user', 'user_id'),
            (select coalesce(max(user_id), 0) + 1 from staff_user), false),
        setval(pg_get_serial_sequence('staff_session', 'session_id'),
            (select coalesce(max(session_id), 0) + 1 from staff_session), false),
        setval(pg_get_serial_sequence('staff_passkey', 'passkey_id'),
            (select coalesce(max(passkey_id), 0) + 1 from staff_passkey), false),
        setval(pg_get_serial_sequence('staff_provider', 'provider_id'),
            (select coalesce(max(provider_id), 0) + 1 from staff_provider), false)
"""


async def carry_staff(source: asyncpg.Connection, target: asyncpg.Connection) -> None:
    """Make the staff of the target those of the source: all of it, or nothing."""
    async with target.transaction():
        await target.execute(_EMPTY)
        for table, left_behind in _TABLES:
            await _copy(source, target, table, left_behind)
        await target.fetch(_SEQUENCES)


async def _copy(
    source: asyncpg.Connection, target: asyncpg.Connection, table: str, left_behind: frozenset[str]
) -> None:
    found = [row["column_name"] for row in await target.fetch(_COLUMNS, table)]
    columns = [column for column in found if column not in left_behind]
    copied = BytesIO()
    await source.copy_from_table(table, columns=columns, output=copied, format="binary")
    copied.seek(0)
    await target.copy_to_table(table, columns=columns, source=copied, format="binary")
