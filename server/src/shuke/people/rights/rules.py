"""Pure decisions about requests: days that count, what an end needs, what a certificate says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from shuke.platform.i18n import LocalName

Kind = Literal["access", "copy", "correction", "restriction", "deletion", "objection", "explanation"]
Channel = Literal["in_store", "phone", "email", "wechat", "mail", "web"]
State = Literal["open", "cooling", "done", "refused", "withdrawn"]
VerifiedHow = Literal["code", "signed_in", "document", "in_person", "known"]
HoldBasis = Literal["dispute", "authority", "fraud", "accounting"]
RefusalCode = Literal["identity", "excessive", "law", "others", "not_held"]
Because = Literal["request", "retention", "restore"]

# What a member who is refused is told; the shop's own words follow.
REFUSALS: Mapping[RefusalCode, LocalName] = {
    "identity": LocalName(
        "无法核实请求人就是会员本人。补充核实后可再次提出。",
        "It could not be verified that the request comes from the member. It may be made again with proof.",
    ),
    "excessive": LocalName(
        "短期内重复提出相同请求，已经答复。",
        "The same was asked for again within a short time, and has been answered.",
    ),
    "law": LocalName(
        "法律、行政法规要求保存或保密，期满后方可办理。",
        "The law asks for it to be kept or kept secret; it can be done when that time is over.",
    ),
    "others": LocalName("答复会损害他人的合法权益。", "The answer would harm the rights of others."),
    "not_held": LocalName("没有持有所请求的信息。", "The shop does not hold what is asked for."),
}
RECOURSE = LocalName(
    "对本答复有异议的，可以向履行个人信息保护职责的部门投诉、举报，或向人民法院起诉。",
    "Whoever disagrees may complain to the authority for personal data, or go to court.",
)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How long an answer may take, and how long a member may think again before an erasure."""

    working_days: int = 15
    hard_days: int = 30
    cooling_days: int = 0


def is_working(day: date, special: Mapping[date, bool]) -> bool:
    """Whether people work on a day: weekdays, but for the days that are said to be otherwise."""
    return special.get(day, day.weekday() < 5)


def add_working_days(day: date, count: int, special: Mapping[date, bool]) -> date:
    """The day on which so many working days after a day are over. The day itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, special)
    return day


def due_days(received_on: date, policy: Policy, special: Mapping[date, bool]) -> tuple[date, date]:
    """Until when a request is to be answered, and until when at the very latest."""
    hard = received_on + timedelta(days=policy.hard_days)
    return min(add_working_days(received_on, policy.working_days, special), hard), hard


def working_days_left(today: date, due_on: date, special: Mapping[date, bool]) -> int:
    """Working days from today to the end of the last day; below zero: so many working days late."""
    earlier, later = sorted((today, due_on))
    days = [earlier + timedelta(days=number) for number in range(1, (later - earlier).days + 1)]
    counted = sum(is_working(day, special) for day in days)
    return counted if today <= due_on else -max(counted, 1)


def certificate_code(content: Mapping[str, Any]) -> str:
    """SHA-256 over a certificate: its name everywhere, and what its signature signs."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
