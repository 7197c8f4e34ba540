"""Where draws keep their wrapped seeds."""

from shuke.platform.keys import WrappedColumn

from ..tables import coupon_draw
from .actions import seed_context

SEEDS = WrappedColumn(
    table=coupon_draw,
    wrapped="sealed_seed",
    version="kek_version",
    context=lambda row: seed_context(row["template_id"], row["round"]),
)
