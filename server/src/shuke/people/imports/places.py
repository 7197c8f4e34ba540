"""Where imports keep wrapped keys and sealed values."""

from shuke.people import members
from shuke.platform.keys import SealedColumn, WrappedColumn

from .queries import key_context
from .tables import member_import, member_import_change

PLACES: tuple[WrappedColumn | SealedColumn, ...] = (
    WrappedColumn(
        table=member_import,
        wrapped="wrapped_key",
        version="kek_version",
        context=lambda row: key_context(row["import_id"]),
    ),
    *(
        SealedColumn(
            table=member_import_change,
            column=column,
            owner="member_id",
            context=lambda row: members.profile_context(row["member_id"]),
        )
        for column in ("profile_before", "profile_after")
    ),
)
