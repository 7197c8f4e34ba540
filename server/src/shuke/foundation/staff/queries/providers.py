"""Other identity providers."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from shuke.platform.db import Session

from ..errors import ProviderNotFound
from ..tables import staff_provider

Matching = Literal["email", "username"]


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An identity provider that speaks OpenID Connect, and how its people find their accounts here."""

    id: int
    name: str
    issuer: str
    client_id: str
    console_address: str
    matching: Matching
    default_role: str | None
    is_active: bool


async def list_providers(session: Session) -> list[Provider]:
    """Every identity provider, oldest first."""
    rows = await session.execute(select(staff_provider).order_by(staff_provider.c.provider_id))
    return [_provider(row) for row in rows]


async def get_provider(session: Session, provider_id: int) -> Provider:
    """One identity provider. Raises ProviderNotFound."""
    query = select(staff_provider).where(staff_provider.c.provider_id == provider_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise ProviderNotFound(provider=provider_id)
    return _provider(row)


def _provider(row: Any) -> Provider:
    return Provider(
        id=row.provider_id,
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        console_address=row.console_address,
        matching=row.matching,
        default_role=row.default_role,
        is_active=row.is_active,
    )
