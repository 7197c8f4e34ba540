"""From when until when a coupon may be used, in the shop's zone."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shuke.loyalty.coupons.rules import Validity, window
from shuke.loyalty.coupons.rules.validity import why_closed

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def validity(**parts: Any) -> Validity:
    return Validity.model_validate(parts)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("parts", "begins", "ends"),
    [
        # Through the thirtieth day after the day of issue.
        ({"days": 30}, "2026-03-01 20:00", "2026-04-01 00:00"),
        ({"days": 1}, "2026-03-01 20:00", "2026-03-03 00:00"),
        ({"days": 0}, "2026-03-01 20:00", None),
        # From tomorrow on, and tomorrow only.
        ({"after_days": 1, "days": 1}, "2026-03-02 00:00", "2026-03-03 00:00"),
        ({"after_days": 3, "days": 7}, "2026-03-04 00:00", "2026-03-11 00:00"),
        ({"after_days": 3, "days": 0}, "2026-03-04 00:00", None),
        (
            {"kind": "fixed", "first_day": date(2026, 3, 5), "last_day": date(2026, 3, 9)},
            "2026-03-05 00:00",
            "2026-03-10 00:00",
        ),
        ({"kind": "fixed", "last_day": date(2028, 2, 28)}, "2026-03-01 20:00", "2028-02-29 00:00"),
        ({"kind": "fixed", "first_day": date(2026, 1, 1)}, "2026-01-01 00:00", None),
    ],
)
def test_windows(parts: dict[str, Any], begins: str, ends: str | None):
    found = window(validity(**parts), at("2026-03-01 20:00"), SHANGHAI)
    assert found == (at(begins), at(ends) if ends else None)


def test_the_day_of_issue_is_the_shops():
    # 23:30 in Shanghai and 16:30 in London are the same instant; it counts as the shop's day.
    issued = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert window(validity(days=1), issued, SHANGHAI)[1] == at("2026-03-04 00:00")
    assert window(validity(days=1), issued, ZoneInfo("Europe/London"))[1] == datetime(2026, 3, 3, tzinfo=UTC)


def test_days_of_summer_time_are_whole_days():
    # The night of 29 March 2026 has 23 hours in Berlin, the one of 25 October 25.
    begins, ends = window(validity(after_days=1, days=1), at("2026-03-28 12:00", BERLIN), BERLIN)
    assert ends
    assert (ends - begins).total_seconds() == 23 * 3600
    begins, ends = window(validity(after_days=1, days=1), at("2026-10-24 12:00", BERLIN), BERLIN)
    assert ends
    assert (ends - begins).total_seconds() == 25 * 3600


@pytest.mark.parametrize(
    ("parts", "moment", "why"),
    [
        # 2026-03-06 is a Friday.
        ({"weekdays": (5,)}, "2026-03-06 00:00", None),
        ({"weekdays": (5,)}, "2026-03-05 23:59", "weekday"),
        ({"hours": ("09:30-14:00",)}, "2026-03-06 09:29", "hour"),
        ({"hours": ("09:30-14:00",)}, "2026-03-06 09:30", None),
        ({"hours": ("09:30-14:00",)}, "2026-03-06 13:59:59", None),
        ({"hours": ("09:30-14:00",)}, "2026-03-06 14:00", "hour"),
        ({"hours": ("09:00-10:00", "20:00-21:00")}, "2026-03-06 20:30", None),
        ({"weekdays": (5,), "hours": ("09:00-10:00",)}, "2026-03-07 09:30", "weekday"),
        ({"weekdays": (5,), "hours": ("09:00-10:00",)}, "2026-03-06 10:30", "hour"),
        # Over midnight: what lies behind it belongs to Friday.
        ({"weekdays": (5,), "hours": ("22:00-02:00",)}, "2026-03-06 23:00", None),
        ({"weekdays": (5,), "hours": ("22:00-02:00",)}, "2026-03-07 01:59", None),
        ({"weekdays": (5,), "hours": ("22:00-02:00",)}, "2026-03-07 02:00", "weekday"),
        ({"weekdays": (5,), "hours": ("22:00-02:00",)}, "2026-03-06 01:00", "hour"),
        ({"hours": ("18:00-00:00",)}, "2026-03-06 23:59", None),
        ({"hours": ("18:00-00:00",)}, "2026-03-07 00:00", "hour"),
    ],
)
def test_weekdays_and_hours(parts: dict[str, Any], moment: str, why: str | None):
    assert why_closed(validity(**parts), at(moment), SHANGHAI) == why
