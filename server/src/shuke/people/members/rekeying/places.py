"""Where members keep wrapped keys and sealed values."""

from shuke.platform.keys import SealedColumn, WrappedColumn

from ..rules import contexts
from ..tables import member, member_identity, member_key, member_merge

PLACES: tuple[WrappedColumn | SealedColumn, ...] = (
    WrappedColumn(
        table=member_key, wrapped="wrapped", version="kek_version", context=lambda row: contexts.key(row["member_id"])
    ),
    SealedColumn(
        table=member, column="profile", owner="member_id", context=lambda row: contexts.profile(row["member_id"])
    ),
    SealedColumn(
        table=member_identity,
        column="value",
        owner="member_id",
        context=lambda row: contexts.identity(row["member_id"], row["kind"], row["source"]),
    ),
    SealedColumn(
        table=member_merge,
        column="profile_before",
        owner="survivor_id",
        context=lambda row: contexts.merge(row["survivor_id"], row["merge_id"], "before"),
    ),
    SealedColumn(
        table=member_merge,
        column="profile_after",
        owner="survivor_id",
        context=lambda row: contexts.merge(row["survivor_id"], row["merge_id"], "after"),
    ),
)
