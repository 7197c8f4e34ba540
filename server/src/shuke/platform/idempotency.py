"""Idempotency keys: the same request twice has one effect and one answer.

Key, hash of the request and the sealed answer are written in the transaction of the effect, so they exist
together or not at all. A key belongs to one actor and one route. Answers may name people; they are sealed, and say
whom they are about (`concerns`), so that they can be destroyed with everything else about somebody.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shuke.platform import clock, crypto, keys
from shuke.platform.db import Session, metadata
from shuke.platform.errors import AppError

KEPT_DAYS = 30
_WELL_FORMED = re.compile(r"[\x21-\x7e]{1,255}")

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("sealed_answer", LargeBinary, nullable=False),
    Column("kek_version", SmallInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    # Whom the answer is about.
    Column("subject_ids", ARRAY(BigInteger), nullable=False, server_default=text("'{}'")),
    Index("idempotency_created_at_idx", "created_at"),
    Index(
        "idempotency_subject_ids_idx",
        "subject_ids",
        postgresql_using="gin",
        postgresql_where=text("subject_ids <> '{}'"),
    ),
)
WRAPPED = keys.WrappedColumn(
    table=idempotency,
    wrapped="wrapped_key",
    version="kek_version",
    context=lambda row: context_of(row["actor"], row["route"], row["key"]),
)
_subjects: ContextVar[set[int] | None] = ContextVar("idempotency_subjects", default=None)


class KeyReused(AppError):
    """The key was used for another request."""

    code = "idempotency.key_reused"
    status = 422
    title = {"zh": "幂等键已用于其他请求", "en": "Idempotency key used before"}
    detail = {
        "zh": "这个 Idempotency-Key 已用于内容不同的请求。请为新的请求换一个新的键。",
        "en": "This Idempotency-Key was used with other content. Choose a new key for a new request.",
    }


class KeyInFlight(AppError):
    """The first request with this key is still being worked on."""

    code = "idempotency.in_flight"
    status = 409
    title = {"zh": "相同请求处理中", "en": "Still in progress"}
    detail = {
        "zh": "带有同一 Idempotency-Key 的请求正在处理。请一秒后原样重试。",
        "en": "A request with this Idempotency-Key is still in progress. Send the same again in a second.",
    }
    headers = {"Retry-After": "1"}


class KeyInvalid(AppError):
    """The key is empty, too long, has odd characters, or comes with a file."""

    code = "idempotency.key_invalid"
    status = 422
    title = {"zh": "幂等键无效", "en": "Invalid idempotency key"}
    detail = {
        "zh": "Idempotency-Key 应为 1 至 255 个可见 ASCII 字符，且不能用于文件上传（文件按内容识别）。",
        "en": "An Idempotency-Key has 1 to 255 visible ASCII characters and cannot go with a file upload "
        "(files are recognised by their content).",
    }


class KeyMissing(AppError):
    """A request that moves value must bear being sent twice."""

    code = "idempotency.key_missing"
    status = 422
    title = {"zh": "缺少幂等键", "en": "Idempotency key missing"}
    detail = {
        "zh": "会变动数值的请求必须带 Idempotency-Key 请求头。每笔操作一个新值，重试时用原值。",
        "en": "A request that moves value needs the header Idempotency-Key: a new one for each operation, "
        "the same one when you try again.",
    }


class AnswerErased(AppError):
    """The request was done before; its answer was about somebody who has been erased since."""

    code = "idempotency.answer_erased"
    status = 410
    title = {"zh": "原来的答复已删除", "en": "The answer has been erased"}
    detail = {
        "zh": "这个请求已经执行过，不会再执行一次。它的答复涉及的人已被删除，答复也随之删除。",
        "en": "This request was done before and is not done again. Its answer was about somebody who has been erased "
        "since, and went with them.",
    }


def context_of(actor: str, route: str, key: str) -> str:
    """What the sealed answer to a key is bound to."""
    return f"idempotency:{actor}:{route}:{key}"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A key that this request holds until its transaction ends."""

    actor: str
    route: str
    key: str
    request_hash: bytes

    @property
    def context(self) -> str:
        """What the sealed answer is bound to."""
        return context_of(self.actor, self.route, self.key)


@dataclass(frozen=True)
class Answer:
    """What was answered the first time."""

    status: int
    headers: dict[str, str]
    body: bytes


def gather_subjects() -> None:
    """Begin to gather whom the answer of this request will be about."""
    _subjects.set(set())


def concerns(ids: Iterable[int]) -> None:
    """Say whom the present request is about; where there is none, nothing happens."""
    gathered = _subjects.get()
    if gathered is not None:
        gathered.update(ids)


def require_key(key: str | None) -> str:
    """The key of a request that must have one. Raises KeyMissing and KeyInvalid."""
    if key is None:
        raise KeyMissing
    if not _WELL_FORMED.fullmatch(key):
        raise KeyInvalid
    return key


def make_claim(*, actor: str, route: str, key: str, target: str, body: bytes) -> Claim:
    """The claim of a request; `target` is the path with its query. Raises KeyInvalid."""
    if not _WELL_FORMED.fullmatch(key):
        raise KeyInvalid
    digest = hashlib.sha256(f"{len(target.encode())}:{target}".encode() + body).digest()
    return Claim(actor=actor, route=route, key=key, request_hash=digest)


async def find_answer(session: Session, claim: Claim) -> Answer | None:
    """The stored answer of an earlier request, or None: then the key is ours until the transaction ends.

    Raises KeyInFlight, KeyReused and AnswerErased.
    """
    number = int.from_bytes(hashlib.sha256(claim.context.encode()).digest()[:8], "big", signed=True)
    if not (await session.execute(select(func.pg_try_advisory_xact_lock(number)))).scalar_one():
        raise KeyInFlight
    columns = idempotency.c
    mine = (columns.actor == claim.actor, columns.route == claim.route, columns.key == claim.key)
    row = (await session.execute(select(idempotency).where(*mine))).first()
    if row is None:
        return None
    if not row.wrapped_key:
        raise AnswerErased
    if row.request_hash != claim.request_hash:
        raise KeyReused
    wrapped = keys.WrappedKey(row.wrapped_key, row.kek_version)
    (data_key,) = await keys.ring().open([(wrapped, claim.context)])
    return Answer(row.status, row.headers, crypto.open_(data_key, row.sealed_answer, claim.context))


async def keep_answer(session: Session, claim: Claim, answer: Answer) -> None:
    """Store the answer beside its effect."""
    ((data_key, wrapped),) = await keys.ring().make([claim.context])
    await session.execute(
        insert(idempotency).values(
            actor=claim.actor,
            route=claim.route,
            key=claim.key,
            request_hash=claim.request_hash,
            status=answer.status,
            headers=answer.headers,
            wrapped_key=wrapped.wrapped,
            sealed_answer=crypto.seal(data_key, answer.body, claim.context),
            kek_version=wrapped.version,
            created_at=clock.wall(),
            subject_ids=sorted(_subjects.get() or ()),
        )
    )


async def forget_subjects(session: Session, ids: Sequence[int]) -> int:
    """Destroy the stored answers about these people, in the transaction that erases them; returns how many.

    The rows stay without their content: the requests were done, and are not done again (AnswerErased).
    """
    about = idempotency.c.subject_ids.overlap(list(ids))
    # The index holds only rows that are about somebody.
    is_about_somebody = text("subject_ids <> '{}'")
    emptied = {
        "request_hash": b"",
        "headers": {},
        "wrapped_key": b"",
        "sealed_answer": b"",
        "subject_ids": [],
    }
    destroyed = await session.execute(update(idempotency).where(about, is_about_somebody).values(emptied))
    return destroyed.rowcount


async def forget_old(session: Session) -> int:
    """Delete keys whose time is over; returns how many."""
    outlived = idempotency.c.created_at < func.now() - func.make_interval(0, 0, 0, KEPT_DAYS)
    return (await session.execute(delete(idempotency).where(outlived))).rowcount
