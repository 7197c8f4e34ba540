"""Questions about custom fields."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shuke.platform.db import Session
from shuke.platform.i18n import LocalName

from .errors import FieldNotFound
from .rules.fields import Choice, Field, Limits
from .tables import custom_field


async def list_fields(session: Session, *, with_archived: bool = False) -> list[Field]:
    """The fields in the order in which they are shown."""
    wanted = select(custom_field).order_by(custom_field.c.position, custom_field.c.field_id)
    if not with_archived:
        wanted = wanted.where(~custom_field.c.is_archived)
    return [_field(row) for row in (await session.execute(wanted)).mappings()]


async def get_field(session: Session, key: str, *, hold: bool = False) -> Field:
    """A field by its key, archived ones too. `hold`: nobody changes it meanwhile. Raises FieldNotFound."""
    wanted = select(custom_field).where(custom_field.c.key == key)
    row = (await session.execute(wanted.with_for_update() if hold else wanted)).mappings().one_or_none()
    if row is None:
        raise FieldNotFound
    return _field(row)


async def find_fields(session: Session, keys: Sequence[str]) -> dict[str, Field]:
    """Fields in use by key; unknown ones are left out."""
    wanted = select(custom_field).where(custom_field.c.key.in_(keys), ~custom_field.c.is_archived)
    return {row["key"]: _field(row) for row in (await session.execute(wanted)).mappings()}


def _field(row: Any) -> Field:
    return Field(
        id=row["field_id"],
        key=row["key"],
        kind=row["kind"],
        label=LocalName(row["label_zh"], row["label_en"]),
        help=LocalName(row["help_zh"], row["help_en"]),
        group=LocalName(row["group_zh"], row["group_en"]),
        position=row["position"],
        is_required=row["is_required"],
        is_personal=row["is_personal"],
        is_archived=row["is_archived"],
        limits=Limits(**row["limits"]),
        choices=tuple(
            Choice(code=one["code"], name=LocalName(one["zh"], one["en"]), is_archived=one["is_archived"])
            for one in row["choices"]
        ),
        default=row["default_value"],
        index_state=row["index_state"],
        index_progress=row["index_progress"],
        index_problem=row["index_problem"],
        version=row["version"],
    )
