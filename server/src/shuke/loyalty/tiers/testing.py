"""Builders of tiers for tests."""

from shuke.platform.db import Session

from .schemes import set_up_scheme

LEVELS = (
    ("bronze", "铜卡", "Bronze", 0, "#A9714B"),
    ("silver", "银卡", "Silver", 50_000, "#8A94A6"),
    ("gold", "金卡", "Gold", 200_000, "#C9A227"),
    ("diamond", "黑钻", "Diamond", 500_000, "#2B2F36"),
)


async def four_levels(session: Session, money: str = "CNY") -> None:
    """Four levels by net spend of 180 days, each held for three months."""
    rules = {"metric": "net_spend", "window_days": 180, "validity_months": 3, "money": money}
    policy = {"promote": "immediate", "demote": "recompute", "on_refund": "period_end"}
    await set_up_scheme(
        session,
        scheme={
            "scheme_id": 1,
            "code": "main",
            "name_zh": "会员等级",
            "name_en": "Member tiers",
            "parameters": {**rules, **policy},
        },
        levels=[
            {"rank": rank, "code": code, "name_zh": zh, "name_en": en, "threshold": threshold, "colour": colour}
            for rank, (code, zh, en, threshold, colour) in enumerate(LEVELS, 1)
        ],
    )
