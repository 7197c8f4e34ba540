"""The bugs that are planted. Each is one that a ledger of points or a till may well have, and has had elsewhere."""

from .checkout_plants import PLANTS as AT_CHECKOUT
from .coupon_plants import PLANTS as IN_COUPONS
from .edge_plants import PLANTS as AT_THE_EDGE
from .ledger_plants import PLANTS as IN_THE_LEDGER
from .plant import Plant

PLANTS: tuple[Plant, ...] = (*AT_THE_EDGE, *IN_THE_LEDGER, *AT_CHECKOUT, *IN_COUPONS)
