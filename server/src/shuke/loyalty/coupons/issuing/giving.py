"""Giving coupons to members, many at a time: once for each key, within stock and limits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Session, raw

from .. import codes
from ..making import NewCoupon, make
from ..promises import Template, find_templates
from ..rules.validity import window
from . import taking
from .errors import Why
from .taking import Place

_HAD = """
    select member_id, grant_key, coupon_id, code from coupon
    join unnest($1::bigint[], $2::text[]) as asked (member_id, grant_key) using (member_id, grant_key)
"""


# Who asks, by the key of what asks; and the coupon that this has given: its id and its code.
_Asked = tuple[int, str]
_Had = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A coupon that a member is to have. `key`: what asks for it, for ever; None: each asking is a new one.

    `how`: claim, rule, benefit, staff, api, lottery. `store_id`: where it happens.
    """

    member_id: int
    template: str
    key: str | None
    how: str
    actor: str
    at: datetime
    store_id: int | None = None
    batch_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Given:
    """What became of it. `already`: the key has given this coupon before."""

    member_id: int
    key: str | None
    state: Literal["given", "already", "refused"]
    coupon_id: int | None = None
    code: str | None = None
    why: Why | None = None


async def give(session: Session, wanted: Sequence[Wanted], *, waits: bool = True) -> list[Given]:
    """Give what is wanted, in its order; nobody is refused by an exception, but told why.

    `waits`: for units of the stock that others have locked; who does not wait is told `busy`. Members are held against
    merging; merged ones are given it as who they are by now.
    """
    if not wanted:
        return []
    zone = (await organization.get_shop(session)).zone
    giving = _Giving(session, wanted, zone)
    await giving.look()
    for template_id in sorted(giving.fitting):
        await giving.take(template_id, waits=waits)
    await giving.make()
    return giving.answers()


class _Giving:
    """One set of wishes on its way."""

    def __init__(self, session: Session, wanted: Sequence[Wanted], zone: ZoneInfo) -> None:
        self._session, self._wanted, self._zone = session, wanted, zone
        self._person: Mapping[int, int] = {}
        self._records: Mapping[int, Sequence[int]] = {}
        self._inactive: set[int] = set()
        self._templates: Mapping[str, Template] = {}
        self._had: dict[_Asked, _Had] = {}
        self._why: dict[int, Why] = {}
        self._new: dict[int, tuple[NewCoupon, Place]] = {}
        self._made: Mapping[str, int] = {}
        # Wishes that nothing speaks against, by template; a key that is named twice, once.
        self.fitting: dict[int, list[int]] = defaultdict(list)

    async def look(self) -> None:
        """Find out who and what is meant, and what was given before."""
        session = self._session
        self._person = await members.roots(session, [one.member_id for one in self._wanted], hold=True)
        people = sorted(set(self._person.values()))
        self._records = await members.records_of(session, people)
        self._inactive = await members.inactive_among(session, people)
        self._templates = await find_templates(session, [one.template for one in self._wanted])
        self._had = await self._find_had()
        seen: set[_Asked] = set()
        for which, one in enumerate(self._wanted):
            asked = self._asked(one)
            if asked is not None and (asked in self._had or asked in seen):
                continue
            if (why := self._why_not(one)) is not None:
                self._why[which] = why
                continue
            self.fitting[self._templates[one.template].template_id].append(which)
            if asked is not None:
                seen.add(asked)

    def _asked(self, one: Wanted) -> _Asked | None:
        person = self._person.get(one.member_id)
        return None if person is None or one.key is None else (person, one.key)

    async def _find_had(self) -> dict[_Asked, _Had]:
        asked = [
            (record, one.key)
            for one in self._wanted
            if one.key is not None and one.member_id in self._person
            for record in self._records[self._person[one.member_id]]
        ]
        if not asked:
            return {}
        driver = await raw(self._session)
        rows = await driver.fetch(_HAD, [record for record, _ in asked], [key for _, key in asked])
        person_of = {record: person for person, records in self._records.items() for record in records}
        return {(person_of[row["member_id"]], row["grant_key"]): (row["coupon_id"], row["code"]) for row in rows}

    def _why_not(self, one: Wanted) -> Why | None:
        template, person = self._templates.get(one.template), self._person.get(one.member_id)
        if template is None:
            return "template_not_found"
        if person is None:
            return "member_not_found"
        # What an order has earned is given as its points are.
        if person in self._inactive and one.how != "rule":
            return "member_not_active"
        if template.promise is None or template.state == "draft":
            return "not_published"
        if template.state == "paused":
            return "paused"
        if template.state == "closed":
            return "closed"
        _, expires_at = window(template.promise.terms.validity, one.at, self._zone)
        return "over" if expires_at is not None and expires_at <= clock.now() else None

    async def take(self, template_id: int, *, waits: bool) -> None:
        """Take places and units for the wishes of a template, day by day: limits count by the calendar."""
        by_day: dict[date, list[int]] = defaultdict(list)
        for which in self.fitting[template_id]:
            by_day[clock.business_day(self._wanted[which].at, self._zone)].append(which)
        template = self._templates[self._wanted[self.fitting[template_id][0]].template]
        for day in sorted(by_day):
            taken = await taking.take(
                self._session,
                template_id,
                [self._person[self._wanted[which].member_id] for which in by_day[day]],
                persons=self._records,
                limits=taking.limits_on(template.issuing, day),
                is_limited=template.issuing.stock is not None,
                waits=waits,
            )
            for which, place in zip(by_day[day], taken, strict=True):
                if isinstance(place, Place):
                    self._new[which] = (self._coupon(self._wanted[which], template, place), place)
                else:
                    self._why[which] = place

    def _coupon(self, one: Wanted, template: Template, place: Place) -> NewCoupon:
        if template.promise is None:
            raise ValueError("Only published templates are given.")
        valid_from, expires_at = window(template.promise.terms.validity, one.at, self._zone)
        return NewCoupon(
            member_id=self._person[one.member_id],
            template_id=template.template_id,
            terms_version=template.promise.version,
            code=codes.new_code(),
            how=one.how,
            at=one.at,
            valid_from=valid_from,
            expires_at=expires_at,
            actor=one.actor,
            grant_key=one.key,
            batch_id=one.batch_id,
            unit_no=place.unit_no,
            store_id=one.store_id,
            coupon_id=place.coupon_id,
            reason=one.reason,
        )

    async def make(self) -> None:
        """Make the coupons. Where the same key gave one in this very moment, what was taken is given back."""
        self._made = await make(self._session, [coupon for coupon, _ in self._new.values()], self._zone)
        late: dict[int, list[tuple[int, Place]]] = defaultdict(list)
        for coupon, place in self._new.values():
            if coupon.code not in self._made:
                late[coupon.template_id].append((coupon.member_id, place))
        for template_id, places in sorted(late.items()):
            await taking.leave(self._session, template_id, places)
        if late:
            self._had |= await self._find_had()

    def answers(self) -> list[Given]:
        """What became of each wish."""
        done: dict[_Asked, Given] = {}
        answers = []
        for which, one in enumerate(self._wanted):
            asked = self._asked(one)
            answer = done.get(asked) if asked is not None else None
            if answer is None:
                answer = self._answer(which, one, asked)
                if asked is not None:
                    # Named twice, it was given once.
                    done[asked] = replace(answer, state="already") if answer.state == "given" else answer
            answers.append(answer)
        return answers

    def _answer(self, which: int, one: Wanted, asked: _Asked | None) -> Given:
        if which in self._why:
            return Given(member_id=one.member_id, key=one.key, state="refused", why=self._why[which])
        coupon = self._new[which][0] if which in self._new else None
        if coupon is not None and coupon.code in self._made:
            return _given(one, "given", self._made[coupon.code], coupon.code)
        if asked is None:
            raise RuntimeError("A wish without a key is given or refused.")
        return _given(one, "already", *self._had[asked])


def _given(one: Wanted, state: Literal["given", "already"], coupon_id: int, code: str) -> Given:
    return Given(member_id=one.member_id, key=one.key, state=state, coupon_id=coupon_id, code=code)
