"""The configured scheme, as the rules want it."""

from sqlalchemy import select

from shuke.platform.db import Session

from .rules import Level, Scheme
from .tables import tier_level, tier_scheme


async def find_scheme(session: Session) -> Scheme | None:
    """The shop's tier scheme with its levels by rank; None where none is set up."""
    row = (await session.execute(select(tier_scheme).order_by(tier_scheme.c.scheme_id).limit(1))).mappings().first()
    if row is None:
        return None
    levels = await session.execute(
        select(tier_level).where(tier_level.c.scheme_id == row["scheme_id"]).order_by(tier_level.c.rank)
    )
    return Scheme(
        scheme_id=row["scheme_id"],
        code=row["code"],
        money=row["parameters"]["money"],
        window_days=row["parameters"]["window_days"],
        validity_months=row["parameters"]["validity_months"],
        levels=tuple(Level(level["rank"], level["code"], level["threshold"]) for level in levels.mappings()),
    )
