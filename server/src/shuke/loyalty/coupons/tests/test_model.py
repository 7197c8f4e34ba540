"""Coupons on real PostgreSQL against a small model: given, claimed, locked, used, given back, offered, void, over.

Each example is one transaction that is rolled back; whatever is refused is rolled back to where it began. After each
step every coupon is what the model says; at the end of each example every check of `verify` holds.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shuke.commerce import orders
from shuke.foundation import organization
from shuke.foundation.organization.testing import a_shop
from shuke.loyalty.coupons import issuing, using
from shuke.loyalty.coupons.holding import actions, due
from shuke.loyalty.coupons.holding.queries import find_coupons, get_coupon
from shuke.loyalty.coupons.redeeming import actions as redeeming
from shuke.loyalty.coupons.rules import Cart, Item
from shuke.loyalty.coupons.testing import OFF_TEN, a_template
from shuke.loyalty.coupons.using.finding import Owner
from shuke.loyalty.coupons.verify.checks import CHECKS
from shuke.people.members.testing import enrolled, external, person
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, dump_json, raw, sqlalchemy_url
from shuke.platform.embedded import Urls
from shuke.platform.errors import AppError

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 2, 27, 10, tzinfo=UTC)
STOCK, MOST, ROOM = 5, 3, 3
TERMS: dict[str, Any] = OFF_TEN | {
    "validity": {"kind": "relative", "days": 5},
    "on_refund": {"whole": "give_back"},
    "transfer": {"is_allowed": True, "days_to_accept": 2, "most_times": 1},
}
ISSUING: dict[str, Any] = {
    "stock": STOCK,
    "limits": [{"period": "lifetime", "most": MOST}],
    "budgets": [{"counts": "count", "period": "lifetime", "limit": ROOM}],
    "claiming": {"is_open": True},
}
LOCK = timedelta(minutes=30)
people = st.integers(0, 2)
coupons = st.integers(0, 5)


class Refused(Exception):
    """The model would not do this."""


@dataclass
class Model:
    """One coupon as plainly as can be. `keeper`: the cart that locked it, "offer", or the order that used it."""

    code: str
    coupon_id: int
    owner: int
    expires_at: datetime
    times: int = 0
    state: str = "issued"
    keeper: str | None = None
    until: datetime | None = None
    used_at: datetime | None = None
    order_id: int | None = None

    def now(self, at: datetime) -> str:
        if self.state not in {"issued", "locked"}:
            return self.state
        if self.state == "locked" and self.until is not None and self.until > at:
            return "locked"
        return "expired" if self.expires_at <= at else "issued"


class CouponsAgainstModel(RuleBasedStateMachine):
    """Three members and one template with a stock, a limit and a budget, beside a list of what they should have."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.real_wall = clock.wall
        self.at = START
        clock.wall = lambda: self.at
        self.models: list[Model] = []
        self.offers: list[tuple[Model, actions.Offered]] = []
        self.numbers = 0

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.engine = create_async_engine(sqlalchemy_url(self.url), poolclass=NullPool, json_serializer=dump_json)
        self.session = await self.engine.connect()
        await self.session.begin()
        await a_shop(self.session)
        await organization.ensure_stores(self.session, [organization.NewStore(code="s1", name="One")])
        self.template_id = await a_template(self.session, "ten", TERMS, ISSUING)
        self.source_id = await orders.ensure_source(self.session, "till")
        self.members = await enrolled(self.session, [person(name, external(name)) for name in ("A", "B", "C")])

    def teardown(self) -> None:
        clock.wall = self.real_wall
        if hasattr(self, "session"):
            self.run(self._end())
        self.loop.close()

    async def _end(self) -> None:
        try:
            driver = await raw(self.session)
            for check in CHECKS:
                assert await driver.fetchrow(check.statement) is None, check.name
        finally:
            await self._leave()

    async def _leave(self) -> None:
        await self.session.rollback()
        await self.session.close()
        await self.engine.dispose()

    def both(self, model: Callable[[], Any], work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Ask the program and the model for the same; both do it, or both refuse. None: refused."""
        try:
            model()
        except Refused:
            with pytest.raises(AppError):
                self.run(self._within(work))
            return None
        done = self.run(self._within(work))
        return True if done is None else done

    async def _within(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        async with self.session.begin_nested():
            return await work()

    # What the model knows of stock, limits and budget.

    def require_room(self, who: int) -> None:
        held = [one for one in self.models if one.times == 0 and one.state != "void"]
        if len(held) >= STOCK or len([one for one in held if one.owner == who]) >= MOST:
            raise Refused

    def require_budget(self) -> None:
        if len([one for one in self.models if one.state == "redeemed"]) >= ROOM:
            raise Refused

    def one(self, which: int) -> Model:
        return self.models[which % len(self.models)]

    @rule(who=people, claims=st.booleans())
    def get_one(self, who: int, claims: bool) -> None:
        self.numbers += 1
        key = f"k{self.numbers}"

        def claim():
            return issuing.claim(self.session, member_id=self.members[who], template="ten", actor="system:0")

        given = self.both(lambda: self.require_room(who), claim if claims else lambda: self._give(who, key))
        if given:
            self.run(self._know(given.coupon_id, who, 0))

    async def _give(self, who: int, key: str) -> issuing.Given:
        wanted = issuing.Wanted(
            member_id=self.members[who], template="ten", key=key, how="staff", actor="system:0", at=clock.now()
        )
        (given,) = await issuing.give(self.session, [wanted])
        if given.state == "refused":
            raise RefusedByProgram
        (again,) = await issuing.give(self.session, [wanted])
        assert (again.state, again.coupon_id) == ("already", given.coupon_id)
        return given

    async def _know(self, coupon_id: int, who: int, times: int) -> None:
        view = (await find_coupons(self.session, [coupon_id]))[coupon_id]
        assert view.expires_at is not None
        self.models.append(Model(view.code, coupon_id, who, view.expires_at, times))

    @precondition(lambda self: self.models)
    @rule(which=coupons, cart=st.sampled_from(["c1", "c2"]), is_order=st.booleans())
    def put_on_a_cart(self, which: int, cart: str, is_order: bool) -> None:
        """Locked for a cart, or used up by the order of it."""
        one = self.one(which)
        keeper = f"{cart}-{one.coupon_id}"

        def model() -> None:
            own = one.state == "locked" and one.keeper == keeper
            if one.expires_at <= self.at or one.now(self.at) not in ({"issued", "locked"} if own else {"issued"}):
                raise Refused
            if is_order:
                self.require_budget()

        self.numbers += 1
        done = self.both(model, lambda: self._use(one, keeper, self.numbers, is_order=is_order))
        if done and is_order:
            one.state, one.keeper, one.until, one.order_id = "redeemed", keeper, None, self.numbers
        elif done:
            one.state, one.keeper, one.until = "locked", keeper, self.at + LOCK

    async def _use(self, one: Model, keeper: str, order_id: int, *, is_order: bool) -> None:
        member_id = self.members[one.owner]
        item = Item(1, "P", None, None, Decimal(1), 5_000)
        cart = Cart((item,), self.at, ZONE, "CNY", "till")
        owner = Owner((member_id,), self.source_id, keeper)
        plan = await using.plan(self.session, cart, owner, [one.code])
        if not is_order:
            lock = using.CartLock(self.source_id, keeper, self.at + LOCK, "system:0", "till", None)
            await using.lock(self.session, plan, lock, ZONE)
            return
        order = using.OrderUses(
            member_id=member_id,
            order_id=order_id,
            source_id=self.source_id,
            source="till",
            number=keeper,
            at=self.at,
            day=clock.business_day(self.at, ZONE),
            store_id=None,
            actor="system:0",
            plan=plan,
        )
        await using.redeem(self.session, [order], ZONE)

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def clear_the_cart(self, which: int) -> None:
        one = self.one(which)
        if one.keeper is None or one.state != "locked" or one.keeper == "offer":
            return
        self.run(using.release(self.session, [(self.source_id, one.keeper)], actor="system:0", zone=ZONE))
        one.state, one.keeper, one.until = "issued", None, None

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def refund_its_order(self, which: int) -> None:
        one = self.one(which)
        if one.state != "redeemed" or one.order_id is None:
            return
        self.run(self._refund(one, one.order_id))
        one.state, one.keeper, one.order_id = "issued", None, None

    async def _refund(self, one: Model, order_id: int) -> None:
        found = await using.find_uses(self.session, [(self.members[one.owner], order_id)])
        (used,) = found[order_id]
        settlement = using.Settlement(
            used=used,
            refund_id=order_id + 1_000_000,
            at=self.at,
            actor="system:0",
            what="give_back",
            returned_minor=used.discount_minor,
        )
        await using.settle(self.session, [settlement], ZONE, gives_room_back=True)

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def redeem_alone(self, which: int) -> None:
        one = self.one(which)

        def model() -> None:
            if one.now(self.at) != "issued":
                raise Refused
            self.require_budget()

        wanted = redeeming.Wanted(code=one.code, store="s1", member_ids=(self.members[one.owner],), amount_minor=5_000)
        if self.both(model, lambda: redeeming.redeem(self.session, wanted, SYSTEM)):
            one.state, one.keeper, one.until, one.used_at = "redeemed", None, None, self.at

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def undo_redeeming(self, which: int) -> None:
        one = self.one(which)

        def model() -> None:
            is_alone = one.state == "redeemed" and one.order_id is None and one.used_at is not None
            if not is_alone or clock.business_day(cast("datetime", one.used_at), ZONE) != clock.business_day(
                self.at, ZONE
            ):
                raise Refused

        if self.both(model, lambda: redeeming.undo(self.session, one.code, "by mistake", SYSTEM)):
            one.state, one.used_at = "issued", None

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def void(self, which: int) -> None:
        one = self.one(which)

        def model() -> None:
            if one.now(self.at) not in {"issued", "locked"}:
                raise Refused

        async def work() -> None:
            await issuing.void(self.session, SYSTEM, await get_coupon(self.session, one.code), reason="by mistake")

        if self.both(model, work):
            one.state, one.keeper, one.until = "void", None, None

    @precondition(lambda self: self.models)
    @rule(which=coupons)
    def offer(self, which: int) -> None:
        one = self.one(which)

        def model() -> None:
            if one.now(self.at) != "issued" or one.times >= 1:
                raise Refused

        async def work() -> actions.Offered:
            return await actions.offer(self.session, await get_coupon(self.session, one.code), actor="system:0")

        if offered := self.both(model, work):
            assert offered.until == min(self.at + timedelta(days=2), one.expires_at)
            one.state, one.keeper, one.until = "locked", "offer", offered.until
            self.offers.append((one, offered))

    def stands(self, one: Model, offered: actions.Offered) -> None:
        newest = next(offer for known, offer in reversed(self.offers) if known is one)
        if newest is not offered or one.keeper != "offer" or one.now(self.at) != "locked":
            raise Refused

    @precondition(lambda self: self.offers)
    @rule(which=coupons, who=people)
    def accept(self, which: int, who: int) -> None:
        one, offered = self.offers[which % len(self.offers)]

        def model() -> None:
            self.stands(one, offered)
            if who == one.owner:
                raise Refused

        def work():
            return actions.accept(self.session, offered.token, self.members[who], actor="system:0")

        if coupon_id := self.both(model, work):
            one.state, one.keeper, one.until = "given", None, None
            self.run(self._know(coupon_id, who, one.times + 1))
            assert self.models[-1].expires_at == one.expires_at

    @precondition(lambda self: self.offers)
    @rule(which=coupons)
    def withdraw(self, which: int) -> None:
        one, offered = self.offers[which % len(self.offers)]

        def work():
            return actions.withdraw(self.session, offered.transfer_id, actor="system:0")

        if self.both(lambda: self.stands(one, offered), work):
            one.state, one.keeper, one.until = "issued", None, None

    @rule(
        step=st.sampled_from(
            [timedelta(minutes=5), timedelta(minutes=31), timedelta(hours=9), timedelta(days=1), timedelta(days=2)]
        )
    )
    def wait(self, step: timedelta) -> None:
        self.at += step

    @rule()
    def let_time_do_its_work(self) -> None:
        """Nothing is another thing than before; what was over by the clock is over in the rows, too."""
        here = cast("Database", _Here(self.session))
        for work in (due.release_lapsed, due.end_offers, due.expire):
            self.run(work(here))
        stored = self.run(self._stored())
        for one in self.models:
            if one.state in {"issued", "locked"}:
                one.state = one.now(self.at)
            if one.state != "locked":
                one.until = None
                one.keeper = one.keeper if one.state == "redeemed" else None
            assert stored[one.code] == one.state

    async def _stored(self) -> dict[str, str]:
        return {
            row["code"]: row["state"] for row in await (await raw(self.session)).fetch("select code, state from coupon")
        }

    @invariant()
    def coupons_are_what_the_model_says(self) -> None:
        if not hasattr(self, "session"):
            return
        self.run(self._compare())

    async def _compare(self) -> None:
        views = await find_coupons(self.session, [one.coupon_id for one in self.models])
        assert {one.code: views[one.coupon_id].state for one in self.models} == {
            one.code: one.now(self.at) for one in self.models
        }
        driver = await raw(self.session)
        assert await driver.fetchval("select count(*) from coupon") == len(self.models)
        used = await driver.fetchval("select coalesce(sum(used), 0) from coupon_budget_room")
        assert used == len([one for one in self.models if one.state == "redeemed"])


class RefusedByProgram(AppError):
    """What `give` answers instead of raising it."""

    code = "tests.refused"
    title: ClassVar[dict[str, str]] = {"zh": "", "en": ""}
    detail: ClassVar[dict[str, str]] = {"zh": "", "en": ""}


class _Here:
    """A database whose transactions are steps within the example's own."""

    def __init__(self, session: Any) -> None:
        self._session = session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with self._session.begin_nested():
            yield self._session


def _run(url: str, examples: int, steps: int) -> None:
    CouponsAgainstModel.url = url
    run_state_machine_as_test(
        CouponsAgainstModel,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.timeout(600)
def test_coupons_agree_with_the_model(worker_database: Urls) -> None:
    """`SHUKE_MODEL_EXAMPLES` makes it a long run."""
    _run(worker_database.app, int(os.environ.get("SHUKE_MODEL_EXAMPLES", "30")), 25)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_coupons_agree_with_the_model_for_long(worker_database: Urls) -> None:
    _run(worker_database.app, 600, 50)
