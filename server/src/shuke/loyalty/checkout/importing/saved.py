"""Mappings that people have made for files of their own, beside those that come with the program."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from shuke.platform import clock
from shuke.platform.db import Session

from .errors import MappingTaken, UnknownMapping
from .mapping import Mapping, built_in, find_built_in
from .tables import import_mapping


async def list_mappings(session: Session) -> list[Mapping]:
    """All mappings: those of one's own first, the newest before the others."""
    rows = await session.execute(select(import_mapping.c.mapping).order_by(import_mapping.c.saved_at.desc()))
    return [*(Mapping.model_validate(row.mapping) for row in rows), *built_in()]


async def get_mapping(session: Session, code: str) -> Mapping:
    """A mapping by its code. Raises UnknownMapping."""
    known = await list_mappings(session)
    for mapping in known:
        if mapping.code == code:
            return mapping
    raise UnknownMapping(code=code, known=", ".join(mapping.code for mapping in known))


async def save_mapping(session: Session, mapping: Mapping, by: str) -> None:
    """Keep a mapping under its code, in place of the one before. Raises MappingTaken for the code of a built-in one."""
    if find_built_in(mapping.code) is not None:
        raise MappingTaken(code=mapping.code)
    values = {"mapping": mapping.model_dump(mode="json"), "saved_at": clock.now(), "saved_by": by}
    statement = insert(import_mapping).values(code=mapping.code, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values))


async def forget_mapping(session: Session, code: str) -> None:
    """Forget a mapping of one's own; imports that used it keep it. Raises UnknownMapping."""
    gone = await session.execute(import_mapping.delete().where(import_mapping.c.code == code))
    if not gone.rowcount:
        raise UnknownMapping(code=code, known=", ".join(mapping.code for mapping in await list_mappings(session)))
