"""Password hashes: argon2id in a few threads, so that a crowd at the door does not stop the till."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's first choice: 19 MiB, two passes, one lane. Two threads bound memory and processor.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# The hash of a password that nobody knows: an unknown name costs what a known one does.
_NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$zPTaeQVOz8O5CBwyzoefjA$GryGCHN16u/9/Vgb+DnVTFCItKrszpDsobDEM3A6BYA"
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


async def hash_password(password: str) -> str:
    """The hash to keep of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def verify(password_hash: str | None, password: str) -> bool:
    """Whether a password is right. Without a hash (nobody, or no password) it is not, after the same work."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _verify, password_hash, password)


def needs_rehash(password_hash: str) -> bool:
    """Whether a hash was made with smaller parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        _HASHER.verify(password_hash or _NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)
