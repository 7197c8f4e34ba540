"""Secrets that must be read again, each sealed under a key of its own, wrapped by the installation's."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import crypto, keys
from shuke.platform.db import Session

from ..tables import staff_secret


async def keep(session: Session, name: str, secret: str) -> None:
    """Keep a secret under a name, in place of an earlier one."""
    context = context_of(name)
    ((data_key, wrapped),) = await keys.ring().make([context])
    values = {
        "wrapped_key": wrapped.wrapped,
        "kek_version": wrapped.version,
        "sealed": crypto.seal(data_key, secret.encode(), context),
    }
    new = insert(staff_secret).values(name=name, **values)
    await session.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))


async def read(session: Session, name: str) -> str:
    """The secret of a name, which must have been kept."""
    row = (await session.execute(select(staff_secret).where(staff_secret.c.name == name))).one()
    context = context_of(name)
    (data_key,) = await keys.ring().open([(keys.WrappedKey(row.wrapped_key, row.kek_version), context)])
    return crypto.open_(data_key, row.sealed, context).decode()


async def exists(session: Session, name: str) -> bool:
    """Whether a secret is kept under a name."""
    return (await session.execute(select(staff_secret.c.name).where(staff_secret.c.name == name))).first() is not None


async def forget(session: Session, name: str) -> None:
    """Destroy the secret of a name."""
    await session.execute(delete(staff_secret).where(staff_secret.c.name == name))


def context_of(name: str) -> str:
    """The place to which the key of a secret is bound."""
    return f"staff_secret:{name}"
