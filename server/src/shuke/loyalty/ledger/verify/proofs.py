"""Proofs of inclusion: what a member's accounts were when a root was signed, for whoever holds the public key.

A proof holds the member's own heads and, of others, hashes only. Checking one needs no database (`check_proof`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shuke.platform.db import Session, raw

from . import merkle
from .errors import NotInRoot, RootDamaged
from .roots import HEADS_THEN, LEAVES, buckets_of, find_newest, is_signed, key_id, public_keys

FORMAT = "shuke-ledger-proof-1"
_HASH = r"^[0-9a-f]{64}$"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ProvedAccount(_Strict):
    """One account in a root: its head, the leaves of its bucket, and the neighbours on the way to the root."""

    currency: str
    version: int = Field(ge=1)
    head_hash: str = Field(pattern=_HASH)
    leaves: list[str]
    path: list[str] = Field(max_length=merkle.MAX_BITS)


class Proof(_Strict):
    """A member's accounts in a signed root. `statement` is the very text that is signed."""

    format: str = FORMAT
    member_id: int
    accounts: list[ProvedAccount] = Field(min_length=1)
    statement: str
    signature: str = Field(pattern=r"^[0-9a-f]{128}$")
    key_id: str


class _Statement(_Strict):
    root_id: int
    made_at: str
    accounts: int
    entries: int
    bits: int = Field(ge=0, le=merkle.MAX_BITS)
    hash: str = Field(pattern=_HASH)
    previous: str = Field(pattern=_HASH)


class ProofWrong(ValueError):
    """The proof proves nothing; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What a proof proves: these accounts stood so in that root."""

    member_id: int
    root_id: int
    made_at: str
    accounts: Sequence[ProvedAccount]


async def make_proof(session: Session, member_id: int) -> Proof:
    """A proof of a member's accounts in the newest root. Raises NotInRoot and RootDamaged."""
    root = await find_newest(session)
    if root is None:
        raise NotInRoot(member=member_id)
    driver = await raw(session)
    mine = await driver.fetch(_MINE, root.bucket_bits, root.root_id, member_id)
    if not mine:
        raise NotInRoot(member=member_id)
    rows = await driver.fetch(_LEAVES, root.bucket_bits, root.root_id, [row["bucket"] for row in mine])
    buckets = await buckets_of(session, root.root_id)
    leaves = {row["bucket"]: row["leaves"] for row in rows}
    proof = Proof(
        member_id=member_id,
        accounts=[
            ProvedAccount(
                currency=row["code"],
                version=row["version"],
                head_hash=row["hash"].hex(),
                leaves=[leaf.hex() for leaf in leaves[row["bucket"]]],
                path=[neighbour.hex() for neighbour in merkle.path(buckets, row["bucket"])],
            )
            for row in mine
        ],
        statement=root.statement.decode(),
        signature=root.signature.hex(),
        key_id=root.key_id,
    )
    # By the key that signed it then, which need not be the one that signs now.
    public = (await public_keys(session)).get(root.key_id)
    if public is None:
        raise RootDamaged(root=root.root_id)
    try:
        check_proof(proof.model_dump_json().encode(), public)
    except ProofWrong:
        raise RootDamaged(root=root.root_id) from None
    return proof


def check_proof(text: bytes, public: bytes) -> Proved:
    """What a proof proves to whoever trusts a public key. Raises ProofWrong. Needs no database."""
    try:
        proof = Proof.model_validate_json(text)
        statement = _Statement.model_validate_json(proof.statement)
    except ValidationError as error:
        raise ProofWrong(f"this is no proof: {error.errors()[0]['msg']}") from None
    if proof.format != FORMAT:
        raise ProofWrong(f"the format {proof.format} is not known here")
    if not is_signed(public, bytes.fromhex(proof.signature), proof.statement.encode()):
        raise ProofWrong(f"the signature is not by the key {key_id(public)}; the proof names the key {proof.key_id}")
    for account in proof.accounts:
        _check_account(proof.member_id, account, statement)
    if len({account.currency for account in proof.accounts}) < len(proof.accounts):
        raise ProofWrong("an account is named twice")
    return Proved(
        member_id=proof.member_id, root_id=statement.root_id, made_at=statement.made_at, accounts=proof.accounts
    )


def _check_account(member_id: int, account: ProvedAccount, statement: _Statement) -> None:
    try:
        leaves = [bytes.fromhex(leaf) for leaf in account.leaves]
        neighbours = [bytes.fromhex(neighbour) for neighbour in account.path]
    except ValueError:
        raise ProofWrong(f"a hash of {account.currency} is not written in hexadecimal") from None
    if any(len(one) != 32 for one in (*leaves, *neighbours)) or len(neighbours) != statement.bits:
        raise ProofWrong(f"the way from {account.currency} to the root has another length")
    own = merkle.leaf(member_id, account.currency, account.version, bytes.fromhex(account.head_hash))
    if own not in leaves:
        raise ProofWrong(f"{account.currency} at version {account.version} is not in its bucket")
    number = merkle.bucket_of(member_id, account.currency, statement.bits)
    if merkle.root_from(merkle.bucket(leaves), number, neighbours).hex() != statement.hash:
        raise ProofWrong(f"the way from {account.currency} does not lead to the signed root")


def to_pem(public: bytes) -> str:
    """A public key as other programs read it too."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def from_pem(text: bytes) -> bytes:
    """A public key of its PEM text. Raises ProofWrong."""
    try:
        key = serialization.load_pem_public_key(text)
    except (ValueError, UnsupportedAlgorithm):
        raise ProofWrong("this is no public key in PEM") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ProofWrong("this is no Ed25519 public key")
    return key.public_bytes_raw()


def written(proof: Proof) -> bytes:
    """A proof as a file."""
    body: dict[str, Any] = proof.model_dump()
    return orjson.dumps(body, option=orjson.OPT_INDENT_2) + b"\n"


_PLACED = LEAVES.replace("<heads>", HEADS_THEN)
_MINE = "select code, version, hash, bucket from (<leaves>) placed where member_id = $3 order by code".replace(
    "<leaves>", _PLACED.replace("root_id <= $2", "root_id <= $2 and member_id = $3")
)
_LEAVES = """
    select bucket, array_agg(leaf order by member_id, code collate "C") as leaves
    from (<leaves>) placed where bucket = any($3::int[]) group by bucket
""".replace("<leaves>", _PLACED)
