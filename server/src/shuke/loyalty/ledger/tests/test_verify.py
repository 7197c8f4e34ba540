"""Verification finds nothing where nothing is wrong, and the database writes the very text that the program hashes."""

import asyncio
from datetime import date
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as some

from shuke.people.members.testing import enrolled, person
from shuke.platform.db import Database, Session, raw

from .. import testing
from ..acts import Credit, Spend
from ..loading import lock_accounts
from ..queries import list_accounts
from ..rules import Operation, Terms, canonical, credit
from ..saving import save
from ..testing import AT, ZONE
from ..verify import verify_ledger
from ..verify.fast import Suspect, look
from ..verify.ledger import find_wrong, look_exactly
from ..verify.roots import make_root
from ..verify.testing import a_busy_ledger

KINDS = {
    "earn", "take_back", "expire", "spend", "restore", "adjust", "hold", "capture", "release", "mature", "cancel",
    "transfer", "refresh",
}  # fmt: skip
# Everything that PostgreSQL can hold: no NUL, no half of a pair.
TEXTS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
ODD = [
    '"',
    "\\",
    "\b\f\n\r\t\v",
    "\x01\x1f\x7f\x80\x9f",
    "\u2028\u2029",
    "é漢字😀\U0010ffff",
    "</script>",
    "\ufeff\ufffe",
    "/",
]


async def test_a_busy_ledger_verifies_fast_and_exactly(database: Database):
    ledger = await a_busy_ledger(database)
    told: list[tuple[int, int]] = []

    report = await verify_ledger(database, progress=lambda done, total: told.append((done, total)))

    async with database.transaction() as session:
        driver = await raw(session)
        accounts = await driver.fetch("select member_id, currency_id from ledger_account")
        entries = await driver.fetchval("select count(*) from ledger_entry")
        kinds = {row["kind"] for row in await driver.fetch("select distinct kind from ledger_entry")}
        states = {row["state"] for row in await driver.fetch("select distinct state from ledger_lot")}
        holds = {row["state"] for row in await driver.fetch("select distinct state from ledger_hold")}
    assert kinds == KINDS
    assert states == {"pending", "open", "spent", "expired", "taken_back", "cancelled", "transferred"}
    assert holds == {"open", "captured", "released", "timed_out"}
    assert report.wrong is None
    assert (report.ok, report.accounts, report.entries) == (True, len(accounts), entries)
    assert told[-1] == (entries, entries)
    for account in accounts:
        assert await find_wrong(database, ZONE, Suspect(account["member_id"], account["currency_id"], "")) is None
    for member in ledger.members:
        assert (await verify_ledger(database, member_id=member)).ok


async def test_a_ledger_at_work_verifies_at_every_moment(database: Database):
    ledger = await a_busy_ledger(database)
    places = (0, 1, 2, 3, 6, 7)
    for place in places:
        await ledger.do(place, Credit(amount=1_000))
    first = await make_root(database)
    is_over = False

    async def work(place: int) -> int:
        done = 0
        while not is_over:
            await ledger.do(place, Credit(amount=3))
            await ledger.do(place, Spend(amount=2))
            await ledger.give(place, places[done % 6], 1, f"give:{place}:{done}") if places[done % 6] != place else None
            done += 1
        return done

    workers = [asyncio.create_task(work(place)) for place in places]
    reports = []
    for _ in range(4):
        await asyncio.sleep(0.2)
        reports += [await verify_ledger(database), await verify_ledger(database, since=first.root_id)]
        first = await make_root(database)
    is_over = True
    done = await asyncio.gather(*workers)

    assert [report.wrong for report in reports] == [None] * 8
    assert min(done) > 3
    assert reports[-2].entries > reports[0].entries
    assert (await verify_ledger(database)).ok


async def test_an_empty_ledger_verifies(database: Database):
    report = await verify_ledger(database)

    assert (report.ok, report.accounts, report.entries, report.wrong) == (True, 0, 0, None)


async def test_odd_texts_are_hashed_alike_in_the_database(session: Session):
    await testing.two_currencies(session)
    [member] = await enrolled(session, [person()])
    account = (await lock_accounts(session, [member], ZONE))[member]["points"]
    operations = []
    for number, text in enumerate([*ODD, *(chr(code) for code in range(1, 0x20)), "".join(ODD) * 40]):
        operation = _odd_operation(number, text)
        terms = Terms(funding=text, matures_on=text, expires_on=date(9999, 12, 30) if number % 2 else None)
        credit(account, operation, number + 1, terms=terms, explanation={"reason": text, text: [text, number]})
        operations.append(operation)
    await save(session, [account], {member: operations})
    driver = await raw(session)

    seen = await look(driver, ZONE, [member])

    assert seen.suspects == []
    assert seen.entries == len(operations)
    assert await look_exactly(driver, ZONE, Suspect(member, 1, "")) is None
    assert (await list_accounts(session, member))[0].pending == sum(range(1, len(operations) + 1))


def _odd_operation(number: int, text: str) -> Operation:
    return Operation(
        key=f"{number}:{text}",
        kind=text,
        occurred_at=AT.replace(microsecond=number * 7919 % 1_000_000, year=1900 + number * 7),
        business_day=date(1900 + number * 7, 3, 1),
        recorded_at=AT.replace(microsecond=number),
        actor=text,
        request_hash=sha256(text.encode()).digest(),
        origin_kind=text,
        origin_id=-number,
        reason=text,
        approved_by=text,
        reverses_key=text,
    )


@given(TEXTS)
def test_text_is_escaped_as_the_database_does_it(text: str):
    # What PostgreSQL's escape_json writes, in its own words: short forms, \u00xx for other control characters.
    short = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
    expected = "".join(short.get(one) or (f"\\u{ord(one):04x}" if ord(one) < 0x20 else one) for one in text)

    assert canonical([text]).decode() == f'["{expected}"]'
