"""The shop's currencies as a part of the programme's document. What it does not name stays: balances hang on it."""

from datetime import datetime
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter, ValidationError

from shuke.loyalty.ledger.configuring import routes as configuring
from shuke.loyalty.ledger.configuring.schemas import CurrencyConfigOut, CurrencyIn, PoliciesIn
from shuke.platform.actor import Actor
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName
from shuke.platform.programme import ProgrammeChange, ProgrammeLine, ProgrammePart

from .errors import BadCurrencies

_CURRENCIES = TypeAdapter(list[CurrencyIn])
_TITLES = {
    "name_zh": LocalName("名称（中文）", "Name in Chinese"),
    "name_en": LocalName("名称（英文）", "Name in English"),
    "expiry": LocalName("有效期", "Expiry"),
    "pending": LocalName("到账", "When it can be used"),
    "negative": LocalName("不够扣时", "When less is left"),
    "restore": LocalName("退还时", "When given back"),
    "cap": LocalName("余额上限", "Highest balance"),
    "rounding": LocalName("取整", "Rounding"),
    "unit_cost_micro": LocalName("单位成本", "Cost of one"),
    "approval_above": LocalName("复核额度", "Approval above"),
}


async def export_currencies(session: Session) -> list[dict[str, Any]]:
    """Every currency with its policies; what is as usual is left out."""
    return [_written(one) for one in await _here(session)]


async def diff_currencies(session: Session, part: Any, language: Language) -> list[ProgrammeChange]:
    """What taking currencies over would change here. Raises BadCurrencies."""
    here = {one.code: one for one in await _here(session)}
    changes = []
    for one in _read(part, here):
        before = _policies(here[one.code]) if one.code in here else None
        lines = _lines(before, _policies(one), language)
        if before is None or lines:
            name = LocalName(one.name_zh, one.name_en)
            kind = "added" if before is None else "changed"
            changes.append(ProgrammeChange(kind=kind, code=one.code, name=name, lines=lines))  # type: ignore[arg-type]  # one of the two
    return changes


async def apply_currencies(session: Session, part: Any, effective_from: datetime | None, actor: Actor) -> None:
    """Add what is new and change what differs; policies hold for what is earned from then on. Raises BadCurrencies."""
    del effective_from, actor  # Policies have no day of their own; the line in the trail is the document's.
    here = {one.code: one for one in await _here(session)}
    for one in _read(part, here):
        if one.code not in here:
            await configuring.post_currency(session, one)
        elif _policies(one) != _policies(here[one.code]):
            await configuring.put_currency(session, one.code, PoliciesIn(**_policies(one)), Response())


async def _here(session: Session) -> list[CurrencyIn]:
    return [_as_sent(one) for one in (await configuring.get_currencies(session)).items]


def _as_sent(one: CurrencyConfigOut) -> CurrencyIn:
    found = one.model_dump(exclude={"name", "version"})
    return CurrencyIn(**found, name_zh=one.name.zh, name_en=one.name.en)


def _policies(one: CurrencyIn) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude={"code", "kind"})


def _written(one: CurrencyIn) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude_defaults=True)


def _read(part: Any, here: dict[str, CurrencyIn]) -> list[CurrencyIn]:
    """The currencies of a document. Raises BadCurrencies."""
    try:
        wanted = _CURRENCIES.validate_python(part)
    except ValidationError as error:
        places = [("".join(f"/{step}" for step in one["loc"]), one["msg"]) for one in error.errors()[:50]]
        fields = tuple(FieldError(f"/currencies{place}", said) for place, said in places)
        raise BadCurrencies(count=len(fields), fields=fields) from None
    wrong = tuple(
        FieldError(f"/currencies/{number}/kind", f"{one.code}: {here[one.code].kind} ≠ {one.kind}")
        for number, one in enumerate(wanted)
        if one.code in here and here[one.code].kind != one.kind
    )
    if wrong:
        raise BadCurrencies(count=len(wrong), fields=wrong)
    return wanted


def _lines(before: dict[str, Any] | None, after: dict[str, Any], language: Language) -> tuple[ProgrammeLine, ...]:
    return tuple(
        ProgrammeLine(
            title=_TITLES[name].pick(language),
            before=None if before is None else _said(before[name]),
            after=_said(value),
        )
        for name, value in after.items()
        if before is None or before[name] != value
    )


def _said(value: Any) -> str:
    """A policy as a short text: its fields that say something."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items() if one not in (None, 0, [], "")) or "—"
    return "—" if value is None else str(value)


CURRENCIES_PART = ProgrammePart(
    key="currencies",
    name=LocalName("账户规则", "Account rules"),
    export=export_currencies,
    diff=diff_currencies,
    apply=apply_currencies,
)
