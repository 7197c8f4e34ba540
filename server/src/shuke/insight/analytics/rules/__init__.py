"""Pure decisions of analytics: what events add to the sums, which period is meant, how members fall into segments."""

from .period import Period, choose_period, months_of
from .rfm import (
    SEGMENTS,
    Bound,
    Cell,
    Cuts,
    Purchaser,
    RfmMap,
    Score,
    map_members,
    pairs_of,
    score,
    segment_of,
)
from .sums import (
    BalanceSums,
    JoinedSums,
    MemberSums,
    SalesSums,
    StoreSums,
    add_balances,
    add_levels,
    add_members,
    add_sales,
)

__all__ = [
    "SEGMENTS",
    "BalanceSums",
    "Bound",
    "Cell",
    "Cuts",
    "JoinedSums",
    "MemberSums",
    "Period",
    "Purchaser",
    "RfmMap",
    "SalesSums",
    "Score",
    "StoreSums",
    "add_balances",
    "add_levels",
    "add_members",
    "add_sales",
    "choose_period",
    "map_members",
    "months_of",
    "pairs_of",
    "score",
    "segment_of",
]
