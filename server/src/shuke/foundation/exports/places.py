"""Where exports keep wrapped keys."""

from shuke.platform.keys import WrappedColumn

from .queries import key_context
from .tables import export

PLACE = WrappedColumn(
    table=export, wrapped="wrapped_key", version="kek_version", context=lambda row: key_context(row["export_id"])
)
