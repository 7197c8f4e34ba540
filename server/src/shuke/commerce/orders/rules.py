"""The closed sets of orders."""

from typing import Literal

OrderKind = Literal["sale", "refund", "adjustment"]
# How much of a sale refunds have taken back; a refund and an adjustment are their own.
OrderStatus = Literal["paid", "partly_refunded", "refunded", "refund", "adjustment"]
# Why goods come back.
RefundReason = Literal["changed_mind", "does_not_fit", "faulty", "wrong_item", "price", "other"]
# How the order that a refunded line belongs to was found.
MatchHow = Literal["same_price", "same_product", "named", "amount", "unmatched"]
