"""Signed roots: they follow each other, fix every head, and give proofs that anybody can check."""

import json
import random
from collections.abc import AsyncIterator
from hashlib import sha256
from urllib.parse import urlsplit

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shuke.platform import embedded, keys
from shuke.platform.db import Database, raw
from shuke.platform.keys import KeyRing
from shuke.platform.testing import TestServer

from ..acts import Credit, Spend
from ..rules import FIRST_HASH
from ..verify import merkle, verify_ledger
from ..verify.errors import NotInRoot, RootBeingMade, RootDamaged, RootNotFound
from ..verify.proofs import Proof, ProofWrong, check_proof, from_pem, make_proof, to_pem, written
from ..verify.roots import Root, is_signed, list_roots, make_root
from ..verify.testing import BusyLedger, a_busy_ledger


@pytest.fixture
async def ledger(database: Database) -> BusyLedger:
    return await a_busy_ledger(database)


@pytest.fixture
async def server(database: Database, test_server: TestServer) -> AsyncIterator[asyncpg.Connection]:
    """The superuser, with triggers and references switched off."""
    connection = await embedded.connect(test_server.superuser(urlsplit(database.url).path[1:]))
    await connection.execute("set session_replication_role = replica")
    yield connection
    await connection.close()


def plain_root(heads: list[tuple[int, str, int, bytes]], bits: int) -> bytes:
    """The root of heads as the how-to says it, in as few words as possible."""
    buckets: list[list[bytes]] = [[] for _ in range(2**bits)]
    for member, code, version, head in sorted(heads):
        place = sha256(f'[{member},"{code}"]'.encode()).digest()
        leaf = sha256(b"\0" + f'[{member},"{code}",{version},"{head.hex()}"]'.encode()).digest()
        buckets[int.from_bytes(place[:2], "big") >> (16 - bits)].append(leaf)
    level = [sha256(b"".join(leaves)).digest() for leaves in buckets]
    while len(level) > 1:
        level = [sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=True)]
    return level[0]


async def heads_of(database: Database) -> list[tuple[int, str, int, bytes]]:
    async with database.transaction() as session:
        rows = await (await raw(session)).fetch(
            "select member_id, code, a.version, head_hash from ledger_account a "
            "join ledger_currency using (currency_id) where a.version > 0"
        )
    return [tuple(row) for row in rows]


async def all_roots(database: Database) -> list[Root]:
    async with database.transaction() as session:
        return list((await list_roots(session, limit=50)).items)[::-1]


@pytest.mark.parametrize("accounts", [0, 1, 63, 64, 65, 1_000])
@pytest.mark.parametrize("bits", [0, 1, 3, 6])
def test_the_tree_is_the_one_that_is_described_and_every_path_leads_to_its_root(accounts: int, bits: int):
    chance = random.Random(accounts * 100 + bits)
    heads = [(number, "points", chance.randrange(1, 99), chance.randbytes(32)) for number in range(accounts)]
    buckets: list[list[bytes]] = [[] for _ in range(1 << bits)]
    for member, code, version, head in heads:
        buckets[merkle.bucket_of(member, code, bits)].append(merkle.leaf(member, code, version, head))
    hashes = [merkle.bucket(leaves) for leaves in buckets]

    root = merkle.root(hashes)

    assert root == plain_root(heads, bits)
    for number, hash_ in enumerate(hashes):
        path = merkle.path(hashes, number)
        assert len(path) == bits
        assert merkle.root_from(hash_, number, path) == root
        if bits:
            assert merkle.root_from(hash_, number ^ 1, path) != root or hashes[number ^ 1] == hash_


def test_about_sixty_four_accounts_share_a_bucket():
    assert [merkle.bits_for(count) for count in (0, 64, 65, 128, 129, 1_000_000, 4_194_304, 10**9)] == [
        *(0, 0, 1, 1, 2, 14, 16, 16)
    ]


async def test_roots_follow_each_other_and_only_what_moved_is_stored(ledger: BusyLedger):
    database = ledger.database
    first = await make_root(database)
    again = await make_root(database)
    await ledger.do(0, Credit(amount=5))
    third = await make_root(database)

    heads = await heads_of(database)
    assert [root.root_id for root in await all_roots(database)] == [1, 2, 3]
    assert await all_roots(database) == [first, again, third]
    assert first.previous_hash == FIRST_HASH
    assert again.previous_hash == sha256(first.statement).digest()
    assert third.previous_hash == sha256(again.statement).digest()
    assert first.hash == again.hash != third.hash
    assert third.hash == plain_root(heads, third.bucket_bits)
    assert (third.accounts, third.entries) == (len(heads), sum(version for _, _, version, _ in heads))
    public = keys.ring().public_key
    assert all(is_signed(public, root.signature, root.statement) for root in (first, again, third))
    async with database.transaction() as session:
        stored = await (await raw(session)).fetch("select root_id, member_id from ledger_root_head order by root_id")
    assert [row["root_id"] for row in stored] == [1] * first.accounts + [3]
    assert stored[-1]["member_id"] == ledger.members[0]


async def test_a_large_ledger_has_more_buckets(database: Database, server: asyncpg.Connection):
    await server.execute(
        "insert into ledger_currency select 1, 'a\"b', 'points', '', '', '{}', '{}', '{}', 'down', null, 0"
    )
    await server.execute(
        """
        insert into ledger_account
            (member_id, currency_id, version, available, pending, held, debt, lot_count, hold_count, head_hash)
        select i, 1, i, 0, 0, 0, 0, 0, 0, sha256(i::text::bytea) from generate_series(1, 300) i
        """
    )
    root = await make_root(database)

    heads = [(number, 'a\\"b', number, sha256(str(number).encode()).digest()) for number in range(1, 301)]
    assert (root.accounts, root.bucket_bits) == (300, 3)
    assert root.hash == plain_root(heads, 3)
    async with database.transaction() as session:
        for member in (1, 77, 300):
            proof = await make_proof(session, member)
            assert len(proof.accounts[0].path) == 3
            assert check_proof(written(proof), keys.ring().public_key).accounts[0].version == member


async def test_an_empty_ledger_has_a_root(database: Database):
    root = await make_root(database)

    assert (root.accounts, root.entries, root.hash) == (0, 0, sha256(b"").digest())


async def test_one_root_at_a_time(database: Database):
    async with database.advisory_lock("ledger.root"):
        with pytest.raises(RootBeingMade):
            await make_root(database)

    assert await all_roots(database) == []


async def test_what_moved_since_a_root_verifies(ledger: BusyLedger):
    root = await make_root(ledger.database)
    nothing = await verify_ledger(ledger.database, since=root.root_id)
    await ledger.do(0, Credit(amount=5))
    await ledger.do(6, Spend(amount=5))

    report = await verify_ledger(ledger.database, since=root.root_id)

    assert (nothing.ok, nothing.entries) == (True, 0)
    assert report.ok
    async with ledger.database.transaction() as session:
        entries = await (await raw(session)).fetchval(
            "select count(*) from ledger_entry where member_id = any($1::bigint[])",
            [ledger.members[0], ledger.members[6]],
        )
    assert report.entries == entries
    with pytest.raises(RootNotFound):
        await verify_ledger(ledger.database, since=99)


async def roll_back(server: asyncpg.Connection, member: int, version: int) -> None:
    """Take the newest entries of an account away, with everything that followed from them: consistently."""
    place = f"member_id = {member} and currency_id = 1"
    await server.execute(
        f"""
        update ledger_account a set version = e.version, available = e.available_after, held = e.held_after,
            pending = e.pending_after, debt = e.debt_after, head_hash = e.hash, active_on = e.active_after,
            lot_count = (select count(*) from ledger_lot where {place} and opened_version <= {version}),
            hold_count = (select count(*) from ledger_hold where {place} and opened_version <= {version})
        from ledger_entry e
        where e.{place.replace("and ", "and e.")} and e.version = {version}
            and a.member_id = e.member_id and a.currency_id = e.currency_id;
        delete from ledger_lot where {place} and opened_version > {version};
        delete from ledger_allocation where {place} and version > {version};
        delete from ledger_hold where {place} and opened_version > {version};
        delete from ledger_entry where {place} and version > {version};
        """
    )


async def test_newest_entries_taken_away_consistently_are_found_by_the_root(
    ledger: BusyLedger, server: asyncpg.Connection
):
    member = ledger.members[7]
    await ledger.do(7, Credit(amount=5))
    known = await server.fetchval("select version from ledger_account where member_id = $1 and currency_id = 1", member)
    await roll_back(server, member, known - 1)
    assert (await verify_ledger(ledger.database)).ok, "consistent in itself"
    await ledger.do(7, Credit(amount=5))
    root = await make_root(ledger.database)

    await roll_back(server, member, known - 1)

    for report in (await verify_ledger(ledger.database, since=root.root_id), await verify_ledger(ledger.database)):
        assert not report.ok
        assert report.wrong is not None
        assert (report.wrong.table, report.wrong.member_id) == ("ledger_account", member)
        assert report.wrong.currency == "points"
        assert report.wrong.row == {"version": known}
    assert (await verify_ledger(ledger.database, member_id=member)).ok, "a member's rows know of no root"


async def test_history_written_anew_behind_a_root_is_found(ledger: BusyLedger, server: asyncpg.Connection):
    member = ledger.members[7]
    await ledger.do(7, Credit(amount=5))
    root = await make_root(ledger.database)
    known = await server.fetchval("select version from ledger_account where member_id = $1 and currency_id = 1", member)
    await roll_back(server, member, known - 1)
    await ledger.do(7, Credit(amount=5_000))
    await ledger.do(7, Credit(amount=1))

    report = await verify_ledger(ledger.database, since=root.root_id)

    assert report.wrong is not None
    assert (report.wrong.table, report.wrong.member_id, report.wrong.row) == (
        "ledger_entry",
        member,
        {"version": known},
    )


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("update ledger_root set accounts = accounts + 1 where root_id = 1", "ledger_root"),
        ("update ledger_root set made_at = made_at + interval '1 microsecond' where root_id = 2", "ledger_root"),
        ("update ledger_root set hash = sha256(hash) where root_id = 2", "ledger_root"),
        ("update ledger_root set signature = set_byte(signature, 3, 7) where root_id = 1", "ledger_root"),
        ("update ledger_root set key_id = 'another' where root_id = 1", "ledger_root"),
        ("update ledger_root set bucket_bits = 1 where root_id = 2", "ledger_root"),
        (
            "update ledger_root set buckets = set_byte(buckets, 0, get_byte(buckets, 0) # 1) where root_id = 2",
            "ledger_root",
        ),
        ("update ledger_root set previous_hash = sha256('') where root_id = 2", "ledger_root"),
        ("delete from ledger_root where root_id = 1", "ledger_root"),
        ("update ledger_root_head set version = version + 1 where member_id = 3", "ledger_root_head"),
        ("update ledger_root_head set hash = sha256(hash) where member_id = 3", "ledger_root_head"),
        ("delete from ledger_root_head where member_id = 3", "ledger_root_head"),
        ("insert into ledger_root_head select 999, 1, 1, 1, sha256('')", "ledger_root_head"),
    ],
)
async def test_changed_roots_are_found(ledger: BusyLedger, server: asyncpg.Connection, statement: str, table: str):
    await make_root(ledger.database)
    newest = await make_root(ledger.database)
    assert (await verify_ledger(ledger.database, since=newest.root_id)).ok
    assert await server.execute(statement) not in {"UPDATE 0", "DELETE 0"}

    for report in (await verify_ledger(ledger.database, since=newest.root_id), await verify_ledger(ledger.database)):
        assert report.wrong is not None
        assert report.wrong.table == table


async def test_another_key_signs_nothing_here(ledger: BusyLedger):
    root = await make_root(ledger.database)
    keys.use(KeyRing.throwaway())

    report = await verify_ledger(ledger.database, since=root.root_id)

    assert report.wrong is not None
    assert (report.wrong.table, report.wrong.row) == ("ledger_root", {"root_id": 1})


async def test_without_keys_the_database_knows_the_public_half_or_nothing_is_verified(
    ledger: BusyLedger, server: asyncpg.Connection
):
    root = await make_root(ledger.database)
    public = keys.ring().public_key
    keys.use(None)

    with pytest.raises(keys.KeysNotOpened):
        await verify_ledger(ledger.database, since=root.root_id)
    await server.execute("insert into key_fingerprint values ('ledger.key', $1, now())", public.hex())
    assert (await verify_ledger(ledger.database, since=root.root_id)).ok


async def test_a_proof_holds_for_its_member_and_names_nobody_else(ledger: BusyLedger):
    root = await make_root(ledger.database)
    public = keys.ring().public_key
    heads = await heads_of(ledger.database)

    for member in ledger.members:
        async with ledger.database.transaction() as session:
            proof = await make_proof(session, member)
        proved = check_proof(written(proof), public)

        mine = sorted((code, version, head.hex()) for owner, code, version, head in heads if owner == member)
        assert [(one.currency, one.version, one.head_hash) for one in proved.accounts] == mine
        assert (proved.root_id, proved.member_id) == (root.root_id, member)
        text = written(proof).decode()
        assert not any(head.hex() in text for owner, _, _, head in heads if owner != member)


async def test_a_proof_stays_true_after_the_account_has_moved(ledger: BusyLedger):
    await make_root(ledger.database)
    async with ledger.database.transaction() as session:
        before = await make_proof(session, ledger.members[0])
    await ledger.do(0, Credit(amount=5))

    async with ledger.database.transaction() as session:
        assert await make_proof(session, ledger.members[0]) == before
    root = await make_root(ledger.database)
    async with ledger.database.transaction() as session:
        after = await make_proof(session, ledger.members[0])
    assert check_proof(written(after), keys.ring().public_key).root_id == root.root_id
    assert after.accounts[0].version == before.accounts[0].version + 1
    assert check_proof(written(before), keys.ring().public_key).root_id == root.root_id - 1


async def test_nothing_is_proved_without_a_root_or_an_account_or_from_changed_heads(
    ledger: BusyLedger, server: asyncpg.Connection
):
    async with ledger.database.transaction() as session:
        with pytest.raises(NotInRoot):
            await make_proof(session, ledger.members[0])
    await make_root(ledger.database)
    async with ledger.database.transaction() as session:
        with pytest.raises(NotInRoot):
            await make_proof(session, 999)
    await server.execute("update ledger_root_head set version = version + 1 where member_id = $1", ledger.members[3])
    async with ledger.database.transaction() as session:
        with pytest.raises(RootDamaged):
            await make_proof(session, ledger.members[0])


@pytest.fixture
async def proof(ledger: BusyLedger) -> Proof:
    await make_root(ledger.database)
    async with ledger.database.transaction() as session:
        return await make_proof(session, ledger.members[0])


@pytest.mark.parametrize(
    "change",
    [
        {"member_id": 2},
        {"accounts": []},
        {"key_id": 7},
        {"format": "shuke-ledger-proof-2"},
        {"signature": "00" * 64},
        {"statement": "{}"},
        {"more": 1},
        {"accounts.0.version": 1},
        {"accounts.0.currency": "growth"},
        {"accounts.0.head_hash": "00" * 32},
        {"accounts.0.leaves": []},
        {"accounts.0.leaves": ["zz"]},
        {"accounts.0.leaves": ["00" * 31]},
        {"accounts.0.path": ["00" * 32]},
    ],
)
async def test_a_changed_proof_proves_nothing(proof: Proof, change: dict[str, object]):
    body = json.loads(written(proof))
    for place, value in change.items():
        *way, last = place.split(".")
        target = body
        for step in way:
            target = target[int(step) if step.isdecimal() else step]
        assert target.get(last) != value
        target[last] = value

    with pytest.raises(ProofWrong):
        check_proof(json.dumps(body).encode(), keys.ring().public_key)


async def test_a_proof_needs_the_right_key_and_the_very_statement(proof: Proof):
    statement = json.loads(proof.statement)
    respaced = proof.model_copy(update={"statement": json.dumps(statement)})
    forged = proof.model_copy(update={"statement": json.dumps({**statement, "entries": 1})})
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    assert check_proof(written(proof), from_pem(to_pem(keys.ring().public_key).encode())).root_id == 1
    for wrong, key in ((respaced, keys.ring().public_key), (forged, keys.ring().public_key), (proof, stranger)):
        with pytest.raises(ProofWrong, match="signature"):
            check_proof(written(wrong), key)
    for text in (b"", b"{}", b"[]", b"\xff", written(proof)[:-10]):
        with pytest.raises(ProofWrong):
            check_proof(text, keys.ring().public_key)
    for pem in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(ProofWrong):
            from_pem(pem)
