"""Codes from a file: a chunk of rows in one transaction, the same whether it is tried or done."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shuke.foundation import organization
from shuke.people import members
from shuke.platform import clock
from shuke.platform.db import Database, Session, raw
from shuke.platform.tabular import Table, open_table

from ..issuing import taking
from ..making import NewCoupon, make
from ..promises import find_promises, find_templates_by_id
from ..rules import Issuing, Promise
from . import dates
from .actions import hand_back, mark
from .copying import NobodysCode, copy_in
from .errors import CodeFileGone, NoCodeColumn, TooManyCodes
from .notation import fits
from .queries import Batch, Reject, get_batch
from .rows import COLUMNS, CodeReader, CodeRow, Rejected

_CHUNK = 5_000
MOST_ROWS = 1_000_000


@dataclass
class _Read:
    """Some rows of a file."""

    rows: list[CodeRow] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    last: int = 0


class _File:
    """An open file of codes. Blocks: use it in a thread."""

    def __init__(self, batch: Batch, promise: Promise, zone: ZoneInfo, money: str) -> None:
        path = Path(batch.details.get("path") or "")
        if not path.is_file():
            raise CodeFileGone
        self.table: Table = open_table(path, is_list=True)
        columns = {name: column for name, column in batch.details["columns"].items() if name in COLUMNS}
        missing = [column for column in columns.values() if column not in self.table.header]
        if missing or "code" not in columns:
            raise NoCodeColumn(column=missing[0] if missing else "code")
        self.reader = CodeReader(
            self.table.header, columns, zone, clock.now(), lambda text: fits(text, promise.terms, money)
        )

    def next_rows(self, behind: int) -> _Read:
        """The next rows behind a number; those of no rows are the end."""
        read = _Read()
        for row in islice((row for row in self.table.rows if row.number > behind), _CHUNK):
            read.last = row.number
            try:
                read.rows.append(self.reader.read(row))
            except Rejected as rejected:
                shown = self.reader.shown(row.cells)
                read.rejects.append(Reject(row.number, rejected.code, rejected.values, shown))
        return read


class Import:
    """A file on its way in: opened once, taken chunk by chunk."""

    def __init__(self, database: Database, batch: Batch) -> None:
        self._database, self._batch_id = database, batch.batch_id
        self._is_trial: bool = batch.details["is_trial"]
        # Of a trial nothing is written, so what the file repeats is known only here.
        self._seen: set[str] = set()
        self._ready: _Read | None = None

    async def run(self) -> None:
        """Do what is left of it, until it ends or is stopped."""
        async with self._database.transaction() as session:
            batch = await get_batch(session, self._batch_id)
            shop = await organization.get_shop(session)
            version = (batch.template_id, batch.terms_version)
            self._promise = (await find_promises(session, [version]))[version]
            self._issuing = (await find_templates_by_id(session, [batch.template_id]))[batch.template_id].issuing
        self._zone = shop.zone
        if self._is_trial:
            # Begun anew: what an earlier attempt has seen is gone.
            await self._restart()
            batch = await self._look()
        self._file = await asyncio.to_thread(_File, batch, self._promise, shop.zone, shop.currency)
        behind = batch.details["applied_to"]
        while True:
            read = await asyncio.to_thread(self._file.next_rows, behind)
            async with self._database.transaction() as session:
                if not await self._take(session, read):
                    return
            behind = read.last

    async def _restart(self) -> None:
        async with self._database.transaction() as session:
            batch = await get_batch(session, self._batch_id, hold=True)
            await (await raw(session)).execute("delete from coupon_batch_reject where batch_id = $1", batch.batch_id)
            await mark(session, batch, made=0, details={**batch.details, "applied_to": 0, "rejected": 0, "terms": {}})

    async def _look(self) -> Batch:
        async with self._database.transaction() as session:
            return await get_batch(session, self._batch_id)

    async def _take(self, session: Session, read: _Read) -> bool:
        """Take a chunk in, or try it; whether there may be more."""
        batch = await get_batch(session, self._batch_id, hold=True)
        if batch.state not in ("waiting", "running"):
            return False
        if not read.last:
            await mark(
                session, batch, state="checked" if self._is_trial else "done", wanted=_read(batch), ended_at=clock.now()
            )
            return False
        if read.last > MOST_ROWS:
            raise TooManyCodes(most=MOST_ROWS)
        chunk = _Chunk(session, batch, self._promise, self._issuing, self._zone, self.reader)
        fresh = await chunk.sort_out(read.rows, self._seen)
        if self._is_trial:
            self._seen.update(row.code for row in fresh)
        else:
            fresh = await chunk.write(fresh)
        rejects = [*read.rejects, *chunk.rejects]
        await hand_back(session, batch.batch_id, rejects)
        terms = Counter(batch.details["terms"])
        terms.update(row.terms for row in fresh if row.terms)
        details = {
            **batch.details,
            "header": list(self.reader.header),
            "applied_to": read.last,
            "rejected": batch.details["rejected"] + len(rejects),
            "terms": dict(terms.most_common(20)),
        }
        await mark(session, batch, state="running", made=batch.made + len(fresh), details=details)
        return True

    @property
    def reader(self) -> CodeReader:
        """What reads the rows of the file."""
        return self._file.reader


def _read(batch: Batch) -> int:
    found: int = batch.made + batch.details["rejected"]
    return found


class _Chunk:
    """Rows of one transaction."""

    def __init__(
        self,
        session: Session,
        batch: Batch,
        promise: Promise,
        issuing: Issuing,
        zone: ZoneInfo,
        reader: CodeReader,
    ) -> None:
        self._session, self._batch, self._zone = session, batch, zone
        self._promise, self._issuing, self._reader = promise, issuing, reader
        self._members: dict[str, int] = {}
        self.rejects: list[Reject] = []

    def _reject(self, row: CodeRow, code: str, **values: Any) -> None:
        self.rejects.append(Reject(row.row_no, code, values, self._reader.shown(row.cells)))

    async def sort_out(self, rows: Sequence[CodeRow], seen: set[str]) -> list[CodeRow]:
        """The rows whose code is new and whose member there is; the others are handed back."""
        known = {
            row["code"]: row["batch_id"]
            for row in await (await raw(self._session)).fetch(_KNOWN, [row.code for row in rows])
        }
        references = {row.member for row in rows if row.member}
        self._members = await members.find_ids(self._session, references, hold=True)
        inactive = await members.inactive_among(self._session, list(self._members.values()))
        here: set[str] = set()
        fresh = []
        for row in rows:
            if row.code in here or row.code in seen or known.get(row.code) == self._batch.batch_id:
                self._reject(row, "row.twice")
            elif row.code in known:
                self._reject(row, "row.taken")
            elif row.member and row.member not in self._members:
                self._reject(row, "row.member_unknown")
            elif row.member and self._members[row.member] in inactive:
                self._reject(row, "row.member_not_active")
            else:
                here.add(row.code)
                fresh.append(row)
        return fresh

    async def write(self, rows: Sequence[CodeRow]) -> list[CodeRow]:
        """Make the coupons: places under limits and units of the stock first. The rows that were taken in."""
        issuing = self._issuing
        own = [row for row in rows if row.member]
        people = sorted({self._members[row.member] for row in own if row.member})
        day = clock.business_day(self._batch.added_at, self._zone)
        owned = await taking.take(
            self._session,
            self._batch.template_id,
            [self._members[row.member] for row in own if row.member],
            persons=await members.records_of(self._session, people),
            limits=taking.limits_on(issuing, day),
            is_limited=issuing.stock is not None,
            waits=True,
        )
        nobody = [row for row in rows if not row.member]
        free = await taking.take(
            self._session,
            self._batch.template_id,
            [0] * len(nobody),
            persons={},
            limits={},
            is_limited=issuing.stock is not None,
            waits=True,
        )
        taken = [*self._sift(own, owned), *self._sift(nobody, free)]
        await make(self._session, [self._of_member(row, place) for row, place in taken if row.member], self._zone)
        unowned = [NobodysCode(row.code, *self._span(row), place.unit_no) for row, place in taken if not row.member]
        await copy_in(self._session, self._batch, unowned)
        return [row for row, _ in taken]

    def _sift(
        self, rows: Sequence[CodeRow], places: Sequence[taking.Place | str]
    ) -> list[tuple[CodeRow, taking.Place]]:
        taken = []
        for row, place in zip(rows, places, strict=True):
            if isinstance(place, taking.Place):
                taken.append((row, place))
            else:
                self._reject(row, "row.limit_reached" if place == "limit_reached" else "row.stock")
        return taken

    def _of_member(self, row: CodeRow, place: taking.Place) -> NewCoupon:
        valid_from, expires_at = self._span(row)
        return NewCoupon(
            member_id=self._members[row.member or ""],
            template_id=self._batch.template_id,
            terms_version=self._batch.terms_version,
            code=row.code,
            how="code",
            at=self._batch.added_at,
            valid_from=valid_from,
            expires_at=expires_at,
            actor=self._batch.asked_by,
            batch_id=self._batch.batch_id,
            unit_no=place.unit_no,
            coupon_id=place.coupon_id,
        )

    def _span(self, row: CodeRow) -> dates.Span:
        """What the file says ends a coupon before the template does; a member's begins with the import."""
        validity, at = self._promise.terms.validity, self._batch.added_at
        if row.member is None:
            return dates.of_code(validity, at, self._zone, row.ends or _at(self._batch.details["use_by"]))
        begins, ends = dates.of_exchanged(validity, dates.of_code(validity, at, self._zone, None), at, self._zone)
        return begins, row.ends if row.ends and (ends is None or row.ends < ends) else ends


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_KNOWN = """
    select code, batch_id from coupon_code join coupon using (member_id, coupon_id, code) where code = any($1::text[])
"""
