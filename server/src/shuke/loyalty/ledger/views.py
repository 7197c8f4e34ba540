"""Accounts and entries as they are shown: the stored facts, with the orders and rules they point to, put into words."""

from collections.abc import Mapping, Sequence
from typing import Any

from shuke.commerce import orders
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.module import contributions

from .earned import line_facts, why_line
from .explain import Line, rate_text, sentence, why_not_eligible
from .extensions import RuleName, RuleNames
from .queries import (
    CurrencyName,
    EntryView,
    LotView,
    currency_names,
    list_accounts,
    list_expiring,
    list_lots,
    list_order_entries,
)
from .queries.accounts import HoldView, list_holds
from .schemas import (
    AccountOut,
    CurrencyOut,
    EntryOut,
    ExpiringOut,
    ExplanationLineOut,
    ExplanationOut,
    HoldOut,
    LotOut,
    OperationOut,
    OrderPointsOut,
    OrderRefOut,
    OriginOut,
    RuleOut,
)

OrdersById = Mapping[int, orders.Order]
LinesByOrder = Mapping[int, Sequence[orders.OrderLine]]
_ORDER_KINDS = {"order", "refund"}


async def show_accounts(session: Session, member_id: int) -> list[AccountOut]:
    """A member's accounts with what expires next, the open lots and the open holds."""
    accounts = await list_accounts(session, member_id)
    expiring = await list_expiring(session, member_id)
    lots = await list_lots(session, member_id)
    holds = await list_holds(session, member_id)
    known = await orders.get_orders(session, [*order_keys(member_id, lots), *order_keys(member_id, holds)])
    return [
        AccountOut(
            currency=CurrencyOut(code=account.currency.code, name=account.currency.name),
            available=account.available,
            pending=account.pending,
            held=account.held,
            debt=account.debt,
            version=account.version,
            expiring=[
                ExpiringOut(on=item.on, amount=item.amount)
                for item in expiring
                if item.currency_id == account.currency.currency_id
            ],
            lots=[_lot(lot, known) for lot in lots if lot.currency_id == account.currency.currency_id],
            holds=[_hold(hold, known) for hold in holds if hold.currency_id == account.currency.currency_id],
        )
        for account in accounts
    ]


async def show_entries(
    session: Session, member_id: int, entries: Sequence[EntryView], currency: CurrencyName, language: Language
) -> list[EntryOut]:
    """Entries of one account with the orders, rules and explanations that belong to them."""
    keys = order_keys(member_id, entries)
    known = await orders.get_orders(session, keys)
    lines = await _lines(session, keys)
    rules = await rule_names(session)
    return [_entry(entry, currency, known, lines, rules, language) for entry in entries]


async def show_order_points(
    session: Session, member_id: int, order_id: int, language: Language
) -> list[OrderPointsOut]:
    """What an order or refund changed in each account, and why."""
    entries = await list_order_entries(session, member_id, order_id)
    currencies = {currency.currency_id: currency for currency in await currency_names(session)}
    lines = await _lines(session, order_keys(member_id, entries))
    return [
        OrderPointsOut(
            account=currencies[entry.currency_id].code,
            amount=entry.amount,
            explanation=_explain(entry, currencies[entry.currency_id], lines, language),
        )
        for entry in entries
    ]


async def rule_names(session: Session) -> Mapping[int, RuleName]:
    """The names of the rules that entries point to, from whoever keeps rules."""
    names: dict[int, RuleName] = {}
    for source in contributions(RuleNames):
        names.update(await source.load(session))
    return names


async def _lines(session: Session, keys: Sequence[tuple[int, int]]) -> LinesByOrder:
    lines: dict[int, list[orders.OrderLine]] = {}
    for line in await orders.list_order_lines(session, keys):
        lines.setdefault(line.order_id, []).append(line)
    return lines


def entry_line(entry: EntryView, currency: CurrencyName, language: Language) -> Line:
    """An entry as its sentence wants it."""
    return Line(
        kind=entry.kind,
        facts=entry.facts,
        amount=entry.amount,
        moved=entry.moved,
        unit=currency.unit(language),
        operation_kind=entry.operation_kind,
    )


def order_keys(
    member_id: int, items: Sequence[EntryView] | Sequence[LotView] | Sequence[HoldView]
) -> list[tuple[int, int]]:
    """The orders and refunds that entries, lots or holds of a member came from."""
    return sorted(
        {
            (member_id, item.origin_id)
            for item in items
            if item.origin_id is not None and item.origin_kind in _ORDER_KINDS
        }
    )


def order_of(item: EntryView | LotView | HoldView, known: OrdersById) -> orders.Order | None:
    """The order or refund that an entry, lot or hold came from."""
    return known.get(item.origin_id) if item.origin_id is not None and item.origin_kind in _ORDER_KINDS else None


def _lot(lot: LotView, known: OrdersById) -> LotOut:
    return LotOut(
        lot_no=lot.lot_no,
        amount=lot.amount,
        remaining=lot.remaining,
        held=lot.held,
        funding=lot.funding,
        available_on=lot.available_on,
        state=lot.state,
        earned_on=lot.earned_on,
        expires_on=lot.expires_on,
        origin=_origin(lot, known),
    )


def _hold(hold: HoldView, known: OrdersById) -> HoldOut:
    return HoldOut(
        hold_no=hold.hold_no,
        amount=hold.amount,
        remaining=hold.remaining,
        opened_on=hold.opened_on,
        expires_at=hold.expires_at,
        origin=_origin(hold, known),
    )


def _origin(item: LotView | HoldView, known: OrdersById) -> OriginOut | None:
    order = order_of(item, known)
    return OriginOut(kind="order", number=order.number, order_id=order.order_id) if order else None


def _entry(
    entry: EntryView,
    currency: CurrencyName,
    known: OrdersById,
    lines: LinesByOrder,
    rules: Mapping[int, RuleName],
    language: Language,
) -> EntryOut:
    order = order_of(entry, known)
    rule = rules.get(entry.rule_version_id) if entry.rule_version_id is not None else None
    return EntryOut(
        version=entry.version,
        kind=entry.kind,
        amount=entry.amount,
        balance_after=entry.balance_after,
        debt_after=entry.debt_after,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        business_day=entry.business_day,
        contra=entry.contra,
        operation=OperationOut(key=entry.operation_key, kind=entry.operation_kind),
        order=OrderRefOut(id=order.order_id, number=order.number) if order else None,
        rule=RuleOut(code=rule.code, version=rule.version, name=rule.name) if rule else None,
        explanation=_explain(entry, currency, lines, language),
    )


def _explain(entry: EntryView, currency: CurrencyName, lines: LinesByOrder, language: Language) -> ExplanationOut:
    unit = currency.unit(language)
    own_lines = lines.get(entry.origin_id, ()) if entry.origin_id is not None else ()
    return ExplanationOut(
        text=sentence(entry_line(entry, currency, language), language),
        lines=[_line(line, entry.facts, language) for line in own_lines],
        eligible_minor=entry.facts.get("eligible_minor"),
        rate=rate_text(entry.facts, unit=unit, language=language),
        outcome=entry.amount,
    )


def _line(line: orders.OrderLine, facts: Mapping[str, Any], language: Language) -> ExplanationLineOut:
    """A line of the order; where the rule judged single lines, with what it said of this one."""
    told = line_facts(facts).get(line.line_no) if line.is_goods else None
    why = why_not_eligible(is_goods=line.is_goods, language=language)
    eligible_minor = line.amount_minor if line.is_goods else 0
    if told is not None:
        why, eligible_minor = why_line(told, facts["money"], language), told["eligible_minor"]
    return ExplanationLineOut(
        name=line.product.name,
        quantity=f"{line.quantity.normalize():f}",
        amount_minor=line.amount_minor,
        eligible_minor=eligible_minor,
        why=why,
    )
