"""What becomes of a coupon at a refund: every policy, whole and in parts, once and again, before and after its end."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shuke.loyalty.coupons.rules import OnRefund, Settled, settle_refund

ZONE = ZoneInfo("Asia/Shanghai")
# 1 March 2026, 20:00 in the shop.
REFUND = datetime(2026, 3, 1, 12, tzinfo=UTC)
VALID, JUST_OVER, OVER = datetime(2026, 3, 31, 16, tzinfo=UTC), REFUND, datetime(2026, 2, 1, 16, tzinfo=UTC)
BACK, WAIT, LOST = Settled("give_back"), Settled("wait"), Settled("lost")
# Given back though it is over: until the end of that day, or of the seventh day after it.
TODAY = Settled("give_back", datetime(2026, 3, 1, 16, tzinfo=UTC))
WITH_GRACE = Settled("give_back", datetime(2026, 3, 8, 16, tzinfo=UTC))

# whole, part, days of grace → a whole refund; the first part; another part; the last part.
# Each before its end, and after it.
TABLE = [
    (("give_back", "wait", 0), (BACK, TODAY), (WAIT, WAIT), (WAIT, WAIT), (BACK, TODAY)),
    (("give_back", "wait", 7), (BACK, WITH_GRACE), (WAIT, WAIT), (WAIT, WAIT), (BACK, WITH_GRACE)),
    (("give_back", "give_back", 7), (BACK, WITH_GRACE), (BACK, WITH_GRACE), (WAIT, WAIT), (WAIT, WAIT)),
    (("give_back", "lost", 7), (BACK, WITH_GRACE), (LOST, LOST), (LOST, LOST), (LOST, LOST)),
    (("give_back_if_valid", "wait", 0), (BACK, LOST), (WAIT, WAIT), (WAIT, WAIT), (BACK, LOST)),
    (("give_back_if_valid", "give_back", 0), (BACK, LOST), (BACK, LOST), (WAIT, WAIT), (WAIT, WAIT)),
    (("give_back_if_valid", "lost", 0), (BACK, LOST), (LOST, LOST), (LOST, LOST), (LOST, LOST)),
    (("lost", "wait", 0), (LOST, LOST), (WAIT, WAIT), (WAIT, WAIT), (LOST, LOST)),
    (("lost", "lost", 0), (LOST, LOST), (LOST, LOST), (LOST, LOST), (LOST, LOST)),
]
CASES = [
    (policy, is_whole, was_part, ends, found)
    for policy, *columns in TABLE
    for (is_whole, was_part), column in zip(
        [(True, False), (False, False), (False, True), (True, True)], columns, strict=True
    )
    for ends, found in zip([VALID, OVER], column, strict=True)
]


@pytest.mark.parametrize(("policy", "is_whole", "was_part", "ends", "wanted"), CASES)
def test_every_policy(policy: tuple[str, str, int], is_whole: bool, was_part: bool, ends: datetime, wanted: Settled):
    whole, part, grace_days = policy
    terms = OnRefund.model_validate({"whole": whole, "part": part, "grace_days": grace_days})
    found = settle_refund(terms, expires_at=ends, at=REFUND, zone=ZONE, is_whole=is_whole, was_part=was_part)
    assert found == wanted


def test_a_coupon_without_end_is_never_over():
    found = settle_refund(OnRefund(), expires_at=None, at=REFUND, zone=ZONE, is_whole=True, was_part=False)
    assert found == BACK


def test_at_its_end_it_is_over():
    found = settle_refund(OnRefund(), expires_at=JUST_OVER, at=REFUND, zone=ZONE, is_whole=True, was_part=False)
    assert found == LOST
