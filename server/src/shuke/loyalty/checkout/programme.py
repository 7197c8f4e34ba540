"""The shop's programme as the fold wants it, and the one that a new shop starts with.

Every order asks for the programme, which seldom changes: a process keeps what it has read under the programme's stamp.
Triggers draw a new stamp with every change, in the transaction that makes it, and no stamp is ever drawn twice. So a
transaction that sees a stamp would read what is kept under it: in any process, after a change that was taken back, and
with several databases.
"""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.loyalty import earning, ledger, tiers
from shuke.platform.db import Session, raw
from shuke.platform.money import exponent

from .errors import ProgrammeMissing
from .policies import find_policies
from .rules import Programme

# Everything that has ever been bought may come in, so the first rules hold from before any till.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


async def load_programme(session: Session) -> Programme:
    """Zone, money, currencies, rule versions, tier scheme and policies.

    Raises ProgrammeMissing on an installation without a shop.
    """
    return await _under(session, await _stamp(session))


async def load_programme_for(session: Session, source: str, number: str) -> tuple[Programme, bool]:
    """The programme for an order, and whether a refund waits for that order. Raises ProgrammeMissing."""
    driver = await raw(session)
    row = await driver.fetchrow(_STAMP_FOR, source, number)
    assert row is not None
    return await _under(session, row["stamp"]), row["is_awaited"]


_STAMP = "select stamp from checkout_stamp"
_STAMP_FOR = """
    select stamp, exists (
        select from waiting_refund w join order_source s using (source_id) where s.code = $1 and w.refund_of = $2
    ) as is_awaited
    from checkout_stamp
"""
_kept: tuple[UUID | None, Programme | None] = (None, None)


async def _stamp(session: Session) -> UUID:
    driver = await raw(session)
    stamp: UUID = await driver.fetchval(_STAMP)
    return stamp


async def _under(session: Session, stamp: UUID) -> Programme:
    global _kept
    known, programme = _kept
    if programme is None or known != stamp:
        programme = await _read(session)
        # Each statement reads as of its own moment: kept only if nothing changed between the first and the last.
        if await _stamp(session) == stamp:
            _kept = stamp, programme
    return programme


async def _read(session: Session) -> Programme:
    shop = await organization.find_shop(session)
    versions = await earning.published_versions(session)
    if shop is None or not versions:
        raise ProgrammeMissing
    return Programme(
        zone=ZoneInfo(shop.time_zone),
        money=shop.currency,
        currencies=await ledger.currencies(session),
        rule_versions=versions,
        scheme=await tiers.find_scheme(session),
        policies=(await find_policies(session)).policies,
    )


async def set_up_programme(session: Session, *, money: str) -> None:
    """The programme that a shop starts with, and the demonstration runs on. Leaves an existing one as it is.

    1 point and 1 growth for each whole unit of money of net goods value, points to the end of the sixth month after
    earning; four tiers by net goods value of 180 days, reached at once and held for three months.
    """
    if await earning.published_versions(session):
        return
    await _define_currencies(session)
    for currency, name_zh, name_en in (
        ("points", "消费积分", "Points for purchases"),
        ("growth", "消费成长", "Growth"),
    ):
        await earning.publish_rule(
            session,
            code=f"purchase-{currency}",
            name_zh=name_zh,
            name_en=name_en,
            effective_from=_ALWAYS,
            parameters={
                "kind": "per_amount",
                "currency": currency,
                "points": 1,
                "per_minor": 10 ** exponent(money),
                "rounding": "down",
            },
        )
    await tiers.set_up_scheme(session, scheme=_scheme(money), levels=_levels(money))


async def _define_currencies(session: Session) -> None:
    common = {"pending": {"kind": "none"}, "negative": {"kind": "unlimited"}, "rounding": "down", "balance_cap": None}
    await ledger.define_currency(
        session,
        row={
            **common,
            "currency_id": 1,
            "code": "points",
            "kind": "points",
            "name_zh": "积分",
            "name_en": "Points",
            "expiry": {"kind": "after", "months": 6, "days": 0, "round_to": "month"},
            # One point is worth a hundredth of the money's unit, which is one minor unit.
            "unit_cost_micro": 1_000_000,
        },
    )
    await ledger.define_currency(
        session,
        row={
            **common,
            "currency_id": 2,
            "code": "growth",
            "kind": "growth",
            "name_zh": "成长值",
            "name_en": "Growth",
            "expiry": {"kind": "none"},
            "unit_cost_micro": 0,
        },
    )


def _scheme(money: str) -> dict[str, object]:
    return {
        "scheme_id": 1,
        "code": "main",
        "name_zh": "会员等级",
        "name_en": "Member tiers",
        "parameters": {
            "metric": "net_spend",
            "window_days": 180,
            "validity_months": 3,
            "promote": "immediate",
            "demote": "recompute",
            "on_refund": "period_end",
            "money": money,
        },
    }


def _levels(money: str) -> list[dict[str, object]]:
    """The first levels, their thresholds in minor units of the money."""
    unit = 10 ** exponent(money)
    return [{**level, "threshold": threshold * unit} for level, threshold in _LEVELS]


_LEVELS = [
    ({"rank": 1, "code": "bronze", "name_zh": "铜卡", "name_en": "Bronze", "colour": "#A9714B"}, 0),
    ({"rank": 2, "code": "silver", "name_zh": "银卡", "name_en": "Silver", "colour": "#8A94A6"}, 500),
    ({"rank": 3, "code": "gold", "name_zh": "金卡", "name_en": "Gold", "colour": "#C9A227"}, 2_000),
    ({"rank": 4, "code": "diamond", "name_zh": "黑钻", "name_en": "Diamond", "colour": "#2B2F36"}, 5_000),
]
