"""Key files: made once, kept private, never replaced over data."""

import asyncio
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, select

from shuke.platform import keys
from shuke.platform.crypto import SealBroken
from shuke.platform.db import Session
from shuke.platform.keys import FileKeyEncryption, KeyRing, WrappedKey, files, key_fingerprint
from shuke.platform.keys.files import Secrets


@pytest.fixture(autouse=True)
def _ring(key_ring: KeyRing):
    yield
    keys.use(key_ring)


async def test_the_first_start_makes_private_files_and_the_next_one_reads_them(session: Session, tmp_path: Path):
    directory = tmp_path / "deep" / "keys"

    first = await keys.open_keys(session, directory)
    again = await keys.open_keys(session, directory)

    assert sorted(path.name for path in directory.iterdir()) == ["index.key", "kek-1.key", "ledger.key"]
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}
    assert keys.ring() is again
    assert first.blind("phone", "1") == again.blind("phone", "1")
    [(data_key, stored)] = await first.make(["note:1"])
    assert await again.open([(stored, "note:1")]) == [data_key]


async def test_two_starts_at_once_agree_on_the_files(tmp_path: Path):
    made = await asyncio.gather(*(asyncio.to_thread(files.open_files, tmp_path / "keys", {}) for _ in range(8)))

    assert all(found == made[0] for found in made)
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["index.key", "kek-1.key", "ledger.key"]


@pytest.mark.parametrize("name", ["index.key", "kek-1.key", "ledger.key"])
async def test_a_lost_file_is_reported_and_not_made_anew(session: Session, tmp_path: Path, name: str):
    await keys.open_keys(session, tmp_path / "keys")
    (tmp_path / "keys" / name).unlink()
    keys.use(None)

    with pytest.raises(keys.KeysMissing) as refused:
        await keys.open_keys(session, tmp_path / "keys")

    assert name in refused.value.say("zh")
    assert not (tmp_path / "keys" / name).exists()
    with pytest.raises(keys.KeysNotOpened):
        keys.ring()


async def test_a_lost_directory_is_reported_and_not_made_anew(session: Session, tmp_path: Path):
    await keys.open_keys(session, tmp_path / "keys")

    with pytest.raises(keys.KeysMissing):
        await keys.open_keys(session, tmp_path / "elsewhere")

    assert not (tmp_path / "elsewhere").exists()


async def test_keys_of_another_database_are_refused(session: Session, tmp_path: Path):
    await keys.open_keys(session, tmp_path / "keys")
    files._make_directory(tmp_path / "other")
    for name in ("index.key", "kek-1.key", "ledger.key"):
        files.make_file(tmp_path / "other" / name)

    with pytest.raises(keys.KeysExchanged):
        await keys.open_keys(session, tmp_path / "other")

    assert (await session.execute(select(func.count()).select_from(key_fingerprint))).scalar_one() == 3


@pytest.mark.parametrize(("place", "rights"), [("", 0o750), ("kek-1.key", 0o640), ("index.key", 0o604)])
async def test_keys_that_others_could_read_are_refused_with_the_command_that_mends_it(
    session: Session, tmp_path: Path, place: str, rights: int
):
    await keys.open_keys(session, tmp_path / "keys")
    (tmp_path / "keys" / place).chmod(rights)

    with pytest.raises(keys.KeysExposed) as refused:
        await keys.open_keys(session, tmp_path / "keys")

    assert f"chmod {'600' if place else '700'} {tmp_path / 'keys' / place}" in refused.value.say("en")


@pytest.mark.parametrize("content", [b"", b"shuke-key-v1 short", b"\xff\xfe", b"shuke-key-v9 " + b"A" * 44])
async def test_a_damaged_file_is_refused(session: Session, tmp_path: Path, content: bytes):
    await keys.open_keys(session, tmp_path / "keys")
    (tmp_path / "keys" / "kek-1.key").write_bytes(content)

    with pytest.raises(keys.KeysUnreadable):
        await keys.open_keys(session, tmp_path / "keys")


async def test_a_second_key_wraps_from_now_on_and_the_first_still_opens(session: Session, tmp_path: Path):
    first = await keys.open_keys(session, tmp_path / "keys")
    [(old_key, old)] = await first.make(["note:1"])
    files.make_file(tmp_path / "keys" / "kek-2.key")

    second = await keys.open_keys(session, tmp_path / "keys")
    [(new_key, new)] = await second.make(["note:2"])

    assert (old.version, new.version) == (1, 2)
    assert await second.open([(new, "note:2"), (old, "note:1")]) == [new_key, old_key]


async def test_the_signing_key_stays_the_same_and_the_database_knows_its_public_half(session: Session, tmp_path: Path):
    first = await keys.open_keys(session, tmp_path / "keys")
    again = await keys.open_keys(session, tmp_path / "keys")

    assert await keys.find_public_key(session) == first.public_key == again.public_key
    public = Ed25519PublicKey.from_public_bytes(first.public_key)
    public.verify(again.sign(b"a statement"), b"a statement")
    with pytest.raises(InvalidSignature):
        public.verify(again.sign(b"a statement"), b"another")


async def test_a_database_of_an_older_release_gets_a_signing_key_and_keeps_the_others(session: Session, tmp_path: Path):
    first = await keys.open_keys(session, tmp_path / "keys")
    (tmp_path / "keys" / "ledger.key").unlink()
    older = ("index.key", "kek-1.key")
    known = {name: files.fingerprint_of(name, files.read_file(tmp_path / "keys" / name)) for name in older}

    found = files.open_files(tmp_path / "keys", known)

    assert sorted(found) == ["index.key", "kek-1.key", "ledger.key"]
    assert files.sort(found).index == first._files.index
    assert files.sort(found).ledger != first._files.ledger


async def test_another_signing_key_is_refused(session: Session, tmp_path: Path):
    await keys.open_keys(session, tmp_path / "keys")
    (tmp_path / "keys" / "ledger.key").unlink()
    files.make_file(tmp_path / "keys" / "ledger.key")

    with pytest.raises(keys.KeysExchanged, match=r"ledger\.key"):
        await keys.open_keys(session, tmp_path / "keys")


async def test_a_wrapped_key_opens_for_its_own_record_only():
    ring = KeyRing.throwaway()
    [(data_key, stored)] = await ring.make(["note:1"])

    assert await ring.open([(stored, "note:1")]) == [data_key]
    for wrong, context in (
        (stored, "note:2"),
        (WrappedKey(stored.wrapped, 2), "note:1"),
        (WrappedKey(stored.wrapped[:-1], 1), "note:1"),
        (WrappedKey(b"", 1), "note:1"),
    ):
        with pytest.raises(SealBroken):
            await ring.open([(wrong, context)])
    with pytest.raises(SealBroken):
        await KeyRing.throwaway().open([(stored, "note:1")])


async def test_the_memory_of_keys_is_bounded_and_asked_first():
    encryption = FileKeyEncryption({1: bytes(32)})
    secret = {1: bytes(32)}
    ring = KeyRing(encryption, Secrets(kek=secret, index=secret, ledger=secret), cache_size=10)
    made = await ring.make([f"note:{number}" for number in range(25)])
    wanted = [(stored, f"note:{number}") for number, (_, stored) in enumerate(made)]

    assert await ring.open(wanted) == [key for key, _ in made]
    assert await ring.open(wanted[-5:] + wanted[:5]) == [key for key, _ in made[-5:] + made[:5]]
    assert len(ring._cache) == 10
