"""Terms and issuing in plain sentences, as an operator and a member would say them."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from shuke.platform.clock import Period
from shuke.platform.conditions import Condition, in_words
from shuke.platform.i18n import Language, LocalName

from .issuing import Budget, Claiming, Issuing, Limit
from .terms import OnRefund, Scope, Terms, Transfer, Validity
from .words import Asked, Words

_WEEKEND, _WORKDAYS = {6, 7}, {1, 2, 3, 4, 5}
_GOODS = (
    ("product", "商品", ("product", "products")),
    ("category", "品类", ("category", "categories")),
    ("brand", "品牌", ("brand", "brands")),
)
_PERIODS: dict[Period, LocalName] = {
    "day": LocalName("每天", "a day"),
    "week": LocalName("每周", "a week"),
    "month": LocalName("每月", "a month"),
    "year": LocalName("每年", "a year"),
    "lifetime": LocalName("", "in all"),
}


def told_terms(
    terms: Terms,
    language: Language,
    money: str,
    names: Mapping[str, LocalName],
    members: Condition | None = None,
) -> list[str]:
    """What a coupon promises, a sentence each. `names`: of products, stores, tiers … by code, or by `kind:code` where
    a code means several things. `members`: the condition of the scope, read with what the shop knows now; None: it is
    told by whoever asks.
    """
    words = Words(language, money, names)
    told = [
        terms.discount.told(words, _asked(terms, words)),
        *_goods(terms.scope, words),
        *_places(terms.scope, words),
        _members(members, words),
        *_validity(terms.validity, words),
        _transfer(terms.transfer, words),
        *_on_refund(terms.on_refund, words),
    ]
    return [sentence[:1].upper() + sentence[1:] for sentence in told if sentence]


def told_issuing(issuing: Issuing, language: Language, money: str, zone: ZoneInfo) -> list[str]:
    """How a template is given out, a sentence each; the condition of claiming is told by whoever asks."""
    words = Words(language, money)
    stock, days = issuing.stock, issuing.remind_days
    return [
        words.pick("数量不限", "As many as are wanted")
        if stock is None
        else words.pick(f"共 {stock} 张", f"{stock:,} in all"),
        *(_limit(limit, words) for limit in issuing.limits),
        *_claiming(issuing.claiming, words, zone),
        *(_budget(budget, words) for budget in issuing.budgets),
        *([words.pick(f"到期前 {days} 天提醒", f"A reminder {_days(days)} before the end")] if days else []),
    ]


def _asked(terms: Terms, words: Words) -> Asked | None:
    """What the threshold asks for."""
    threshold = terms.threshold
    if not threshold.least:
        return None
    least = words.pieces(threshold.least) if threshold.counts == "pieces" else words.amount(threshold.least)
    # Where the coupon is for some goods only, it matters whether all goods count.
    return Asked(least, is_order=threshold.of == "order" and _names_goods(terms.scope))


def _names_goods(scope: Scope) -> bool:
    return any(_named(scope)) or any(_left_out(scope))


def _named(scope: Scope) -> tuple[tuple[str, ...], ...]:
    return scope.products, scope.categories, scope.brands


def _left_out(scope: Scope) -> tuple[tuple[str, ...], ...]:
    return scope.not_products, scope.not_categories, scope.not_brands


def _goods(scope: Scope, words: Words) -> Iterator[str]:
    named, left_out = (_by_kind(codes, words) for codes in (_named(scope), _left_out(scope)))
    if named:
        yield words.pick(f"限{named}", f"Only for {named}")
    if left_out:
        yield words.pick(f"不含{left_out}", f"Not for {left_out}")


def _by_kind(codes: tuple[tuple[str, ...], ...], words: Words) -> str:
    told = [
        words.pick(f"{zh} {words.listed(kind, found)}", f"{en[len(found) > 1]} {words.listed(kind, found)}")
        for (kind, zh, en), found in zip(_GOODS, codes, strict=True)
        if found
    ]
    return words.pick("或", " or ").join(told)


def _places(scope: Scope, words: Words) -> Iterator[str]:
    if scope.stores:
        stores = words.listed("store", scope.stores)
        yield words.pick(f"限门店 {stores}", f"Only in {stores}")
    if scope.sources:
        sources = words.listed("source", scope.sources)
        yield words.pick(f"限渠道 {sources}", f"Only through {sources}")
    if scope.tiers:
        tiers = words.listed("tier", scope.tiers)
        yield words.pick(f"限等级 {tiers}", f"Only for members of {tiers}")


def _members(members: Condition | None, words: Words) -> str:
    if members is None:
        return ""
    told = in_words(members, words.language, money=words.money)
    return words.pick(f"限这样的会员：{told}", f"For members for whom {told}")


def _validity(validity: Validity, words: Words) -> Iterator[str]:
    yield _fixed(validity, words) if validity.kind == "fixed" else _relative(validity, words)
    weekdays = set(validity.weekdays)
    if weekdays == _WORKDAYS:
        yield words.pick("周末不可用", "Not at weekends")
    elif weekdays == _WEEKEND:
        yield words.pick("仅周末可用", "At weekends only")
    elif weekdays and len(weekdays) < 7:
        named = words.pick("、", ", ").join(words.weekday(number) for number in sorted(weekdays))
        yield words.pick(f"仅{named}可用", f"On {named} only")
    if validity.hours:
        hours = words.pick("、", ", ").join(map(words.hours, validity.hours))
        yield words.pick(f"每日 {hours}", f"Daily {hours}")


def _fixed(validity: Validity, words: Words) -> str:
    first = words.day(validity.first_day) if validity.first_day else ""
    last = words.day(validity.last_day) if validity.last_day else ""
    if first and last:
        return words.pick(f"{first}至{last}有效", f"Valid from {first} to {last}")
    if last:
        return words.pick(f"{last}前有效（含当天）", f"Valid until {last}")
    return (
        words.pick(f"{first}起长期有效", f"Valid from {first} on")
        if first
        else words.pick("长期有效", "Valid for ever")
    )


def _relative(validity: Validity, words: Words) -> str:
    after, days = validity.after_days, validity.days
    since = words.pick(
        "领取后" if not after else "领取次日起" if after == 1 else f"领取后第 {after} 天起",
        "from the day after" if after == 1 else f"from {after} days after",
    )
    if not days:
        return words.pick(f"{since}长期有效", f"Valid for ever {since} it is received" if after else "Valid for ever")
    if not after:
        return words.pick(f"{since} {days} 天内有效", f"Valid for {_days(days)} after it is received")
    return words.pick(f"{since} {days} 天内有效", f"Valid for {_days(days)} {since} it is received")


def _transfer(transfer: Transfer, words: Words) -> str:
    if not transfer.is_allowed:
        return words.pick("不可转赠", "May not be given away")
    times = transfer.most_times
    if times == 1:
        return words.pick("可转赠", "May be given away")
    return words.pick(f"可转赠，最多 {times} 次", f"May be given away, {times} times at most")


def _on_refund(on_refund: OnRefund, words: Words) -> Iterator[str]:
    if on_refund.whole == "lost":
        yield words.pick("退货后不退还", "Not given back after a refund")
        return
    if on_refund.whole == "give_back_if_valid":
        yield words.pick(
            "整单退货时退还（已过期的除外）", "Given back when the whole order is refunded, unless it is over"
        )
    else:
        days = on_refund.grace_days
        again = f"退货后可再用 {days} 天" if days else "当天可用"
        more = f"{_days(days)} after it" if days else "the rest of that day"
        yield words.pick(
            f"整单退货时退还，已过期的{again}",
            f"Given back at a refund of the whole order; if it is over, for {more}",
        )
    if on_refund.part == "give_back":
        yield words.pick("部分退货时也退还", "Given back when a part is refunded, too")
    if on_refund.part == "lost":
        yield words.pick("部分退货后不再退还", "Not given back once a part was refunded")


def _limit(limit: Limit, words: Words) -> str:
    period = _PERIODS[limit.period].pick(words.language)
    return words.pick(f"每人{period}限 {limit.most} 张", f"{limit.most} for each member {period}")


def _budget(budget: Budget, words: Words) -> str:
    period = _PERIODS[budget.period].pick(words.language)
    if budget.counts == "discount":
        most = words.amount(budget.limit)
        return words.pick(f"{period or '合计'}最多优惠 {most}", f"At most {most} taken off {period}")
    return words.pick(f"{period or '合计'}最多核销 {budget.limit} 张", f"At most {budget.limit:,} redeemed {period}")


def _claiming(claiming: Claiming, words: Words, zone: ZoneInfo) -> Iterator[str]:
    if not claiming.is_open:
        yield words.pick("由商家发放，会员不能自行领取", "Given by the shop; members cannot claim it")
        return
    yield words.pick("会员可自行领取", "Members may claim it")
    if claiming.opens_at:
        yield words.pick(
            f"{words.moment(claiming.opens_at, zone)} 开始领取", f"From {words.moment(claiming.opens_at, zone)} on"
        )
    if claiming.closes_at:
        yield words.pick(
            f"{words.moment(claiming.closes_at, zone)} 停止领取", f"Until {words.moment(claiming.closes_at, zone)}"
        )
    if claiming.word:
        yield words.pick("凭口令领取", "With a word")
    if claiming.is_rush:
        yield words.pick("抢购：按先后放行，抢完即止", "A rush: let in by turns, while there are any")
    if claiming.most_per_address:
        most = claiming.most_per_address
        yield words.pick(f"同一网络地址每分钟最多 {most} 次", f"{most} attempts a minute from one address")


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
