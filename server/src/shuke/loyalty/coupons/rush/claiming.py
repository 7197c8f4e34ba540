"""Claiming and entering with a ticket: the ticket says who comes, the gate says what they get."""

import asyncio
from collections import OrderedDict
from weakref import WeakKeyDictionary

import orjson
from fastapi import Request, Response

from shuke.people import members
from shuke.platform import trail
from shuke.platform.db import Database
from shuke.platform.errors import FieldError
from shuke.platform.lanes import Lane
from shuke.platform.limits import Allowance, Limits, TooManyRequests
from shuke.platform.problems import RequestInvalid
from shuke.platform.settings import settings

from .actions import enter
from .errors import TicketInvalid
from .gate import WAIT_S, Gate, queueing
from .tickets import LONGEST, Ticket, read_ticket, require_its_time

# Attempts of one member a minute, whatever address they come from: behind one address may be a whole mall.
PER_MEMBER = 120
_MOST_GATES = 100


class Rush:
    """The gates of one database in this process, and who has come how often."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gates: OrderedDict[int, Gate] = OrderedDict()
        self.limits = Limits()
        # So many enter a draw at the same time.
        self.entering = asyncio.Semaphore(settings().coupon_rush_sessions)

    def gate(self, template_id: int) -> Gate:
        """The gate of a template; those not used for longest are forgotten when there are too many."""
        gate = self._gates.get(template_id)
        if gate is None:
            gate = self._gates[template_id] = Gate(self._database, template_id)
            surplus = max(0, len(self._gates) - _MOST_GATES)
            for old in [key for key, one in self._gates.items() if one.is_idle][:surplus]:
                del self._gates[old]
        self._gates.move_to_end(template_id)
        return gate

    def find_gate(self, template_id: int) -> Gate | None:
        """The gate, where anybody has come."""
        return self._gates.get(template_id)


_rushes: WeakKeyDictionary[Database, Rush] = WeakKeyDictionary()


def rush_of(database: Database) -> Rush:
    """The rush on a database."""
    if database not in _rushes:
        _rushes[database] = Rush(database)
    return _rushes[database]


async def answer_claim(request: Request) -> Response:
    """The coupon of a ticket: 201 the first time, 200 again. Raises what the ticket and the gate refuse."""
    request.state.is_news = False
    rush = rush_of(request.app.state.database)
    ticket = await read_ticket_of(request, rush)
    gate = rush.gate(ticket.template_id)
    _charge_address(request, rush, gate)
    claimed = await gate.claim(ticket)
    return Response(claimed.body, status_code=201 if claimed.is_new else 200, media_type="application/json")


async def answer_entry(request: Request) -> Response:
    """The draw that a ticket's member is in now. Raises what the ticket refuses, DrawNotOpen, Queueing."""
    request.state.is_news = False
    database: Database = request.app.state.database
    rush = rush_of(database)
    ticket = await read_ticket_of(request, rush)
    try:
        await asyncio.wait_for(rush.entering.acquire(), WAIT_S)
    except TimeoutError:
        raise queueing(ticket) from None
    try:
        async with database.transaction() as session:
            by_now = await members.roots(session, [ticket.member_id], hold=True)
            if ticket.member_id not in by_now:
                raise members.MemberNotFound
            if await members.inactive_among(session, list(by_now.values())):
                raise members.MemberNotActive
            round_no = await enter(session, ticket.template_id, list(by_now.values()))
    finally:
        rush.entering.release()
    return Response(orjson.dumps({"round": round_no}), media_type="application/json")


async def read_ticket_of(request: Request, rush: Rush) -> Ticket:
    """The valid ticket of a request, and its member counted. Raises TicketInvalid, TicketTooEarly, TicketOver."""
    text = _ticket_in(await request.body())
    try:
        ticket = read_ticket(text)
    except TicketInvalid:
        # Whoever tries tickets is slowed down by address.
        _charge(request, request.app.state.limits.take_from_address(trail.address_of(request)))
        raise
    _charge(request, rush.limits.take(f"member:{ticket.member_id}", PER_MEMBER))
    require_its_time(ticket)
    return ticket


CLAIM_LANE = Lane(method="POST", path="/v1/coupon-rush/claims", handle=answer_claim)
ENTRY_LANE = Lane(method="POST", path="/v1/coupon-rush/entries", handle=answer_entry)


def _charge_address(request: Request, rush: Rush, gate: Gate) -> None:
    """Count the address, where the template bounds what comes from one."""
    most = gate.most_per_address
    if most is not None:
        allowance = rush.limits.take(f"{gate.template_id}:{trail.address_of(request)}", most)
        if not allowance.is_granted:
            _charge(request, allowance)


def _ticket_in(body: bytes) -> str:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise RequestInvalid(
            fields=(FieldError("", "This is not valid JSON in UTF-8. 不是有效的 UTF-8 JSON。"),)
        ) from None
    if not isinstance(found, dict) or found.keys() != {"ticket"}:
        raise RequestInvalid(fields=(FieldError("/ticket", 'Send {"ticket": "…"}. 请求体只有 ticket 一项。'),))
    ticket = found["ticket"]
    if not isinstance(ticket, str) or not 0 < len(ticket) <= LONGEST or not ticket.isprintable():
        raise RequestInvalid(fields=(FieldError("/ticket", "The text of a ticket. 应为抢购凭证的文本。"),))
    return ticket


def _charge(request: Request, allowance: Allowance) -> None:
    request.state.allowance = allowance
    if not allowance.is_granted:
        raise TooManyRequests(limit=allowance.limit, retry_after=allowance.retry_s)
