"""Accounts and entries as they are shown: the stored facts, with the orders and rules they point to, put into words."""

from collections.abc import Mapping, Sequence

from shuke.commerce import orders
from shuke.platform.db import Session
from shuke.platform.i18n import Language
from shuke.platform.module import contributions

from .explain import rate_text, sentence, why_not_eligible
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
from .schemas import (
    AccountOut,
    CurrencyOut,
    EntryOut,
    ExpiringOut,
    ExplanationLineOut,
    ExplanationOut,
    LotOut,
    OperationOut,
    OrderPointsOut,
    OrderRefOut,
    OriginOut,
    RuleOut,
)

OrdersById = Mapping[int, orders.Order]
LinesByOrder = Mapping[int, Sequence[orders.OrderLine]]


async def show_accounts(session: Session, member_id: int) -> list[AccountOut]:
    """A member's accounts with what expires next and the open lots."""
    accounts = await list_accounts(session, member_id)
    expiring = await list_expiring(session, member_id)
    lots = await list_lots(session, member_id)
    known = await orders.get_orders(session, _origins(member_id, lots))
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
        )
        for account in accounts
    ]


async def show_entries(
    session: Session, member_id: int, entries: Sequence[EntryView], currency: CurrencyName, language: Language
) -> list[EntryOut]:
    """Entries of one account with the orders, rules and explanations that belong to them."""
    keys = _origins(member_id, entries)
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
    lines = await _lines(session, _origins(member_id, entries))
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


def _origins(member_id: int, items: Sequence[EntryView] | Sequence[LotView]) -> list[tuple[int, int]]:
    return sorted(
        {
            (member_id, item.origin_id)
            for item in items
            if item.origin_id is not None and item.origin_kind in {"order", "refund"}
        }
    )


def _lot(lot: LotView, known: OrdersById) -> LotOut:
    order = known.get(lot.origin_id) if lot.origin_id is not None else None
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
        origin=OriginOut(kind="order", number=order.number, order_id=order.order_id) if order else None,
    )


def _entry(
    entry: EntryView,
    currency: CurrencyName,
    known: OrdersById,
    lines: LinesByOrder,
    rules: Mapping[int, RuleName],
    language: Language,
) -> EntryOut:
    order = known.get(entry.origin_id) if entry.origin_id is not None else None
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
        text=sentence(entry.kind, entry.facts, amount=entry.amount, moved=entry.moved, unit=unit, language=language),
        lines=[_line(line, language) for line in own_lines],
        eligible_minor=entry.facts.get("eligible_minor"),
        rate=rate_text(entry.facts, unit=unit, language=language),
        outcome=entry.amount,
    )


def _line(line: orders.OrderLine, language: Language) -> ExplanationLineOut:
    return ExplanationLineOut(
        name=line.product.name,
        quantity=f"{line.quantity.normalize():f}",
        amount_minor=line.amount_minor,
        eligible_minor=line.amount_minor if line.is_goods else 0,
        why=why_not_eligible(is_goods=line.is_goods, language=language),
    )
