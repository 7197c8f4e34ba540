"""Apply staged lines: one chunk of whole members in one transaction, by the same fold as live orders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shuke.commerce import catalog
from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.money import minor_amount

from ..actions import Incoming, Recorded, record
from ..rules import Line, Programme
from ..rules.model import Kind
from . import report, staging, supplements
from .cells import Rejected
from .mapping import Mapping
from .paying import paid
from .reading import MEMBER
from .returned import keep_returns
from .runs import Run

SYSTEM = "system:0"


@dataclass(frozen=True)
class Chunk:
    """The result of one chunk: the last group it holds, its lines, and what to add to the report."""

    last_group: str
    lines: int
    sums: dict[str, int]
    refund_lines: dict[str, int]


async def apply_chunk(
    session: Session,
    run: Run,
    programme: Programme,
    rows: Sequence[Any],
    through: datetime,
) -> Chunk:
    """Record the documents of some whole groups of staged lines, with their members, and bring those forward."""
    mapping = run.mapping
    returned = [row for row in rows if row["kind"] == "return"]
    whole = staging.documents(rows[: len(rows) - len(returned)])
    documents = [document for document in whole if len({line["kind"] for line in document[2]}) == 1]
    mixed = [document for document in whole if len({line["kind"] for line in document[2]}) > 1]
    stores = await _stores(session, mapping, rows)
    products = await catalog.get_by_code(session, sorted({row["product"] for row in rows}))
    member_ids, members_new = await _members(session, mapping, documents, stores)
    read = _Read(programme, mapping, stores, products)
    made: list[Incoming] = []
    refused: list[tuple[Any, Rejected]] = []
    for group_key, number, lines in documents:
        try:
            made.append(read.incoming(number, lines, member_ids.get(group_key, 0)))
        except Rejected as why:
            refused += [(line, why) for line in lines]
    incoming = _unique(made)
    batch = await record(session, programme, source=mapping.source, incoming=incoming, actor=SYSTEM, through=through)
    completed = await supplements.find(session, mapping.source, incoming, batch)
    more = await record(
        session, programme, source=mapping.source, incoming=completed.missing, actor=SYSTEM, through=through
    )
    sums, refund_lines = report.of_batch(batch, incoming)
    for counted, further in zip((sums, refund_lines), report.of_batch(more, completed.missing), strict=True):
        counted.update(further)
    sums["lines_unchanged"] += completed.lines_here
    taken = [
        (line, Rejected("order.number_taken", number=number))
        for group_key, number, lines in documents
        if number in batch.recorded
        and number not in completed.numbers
        and _is_taken(batch.recorded[number], member_ids.get(group_key, 0))
        for line in lines
    ]
    taken += refused
    taken += [(line, Rejected("order.mixed_kinds", number=number)) for _, number, lines in mixed for line in lines]
    await staging.reject(session, run, [(line["row_no"], why, _cells(run, line)) for line, why in taken])
    sums["lines_rejected"] += len(taken)
    sums.update(await keep_returns(session, run, mapping.zone(programme.zone), returned, stores, products))
    sums["members_new"] += members_new
    return Chunk(rows[-1]["group_key"], len(rows), dict(sums), dict(refund_lines))


def _unique(incoming: list[Incoming]) -> list[Incoming]:
    """The first document of each number: two members under one number in a chunk cannot both have it."""
    first: dict[str, Incoming] = {}
    for document in incoming:
        first.setdefault(document.number, document)
    return list(first.values())


def _is_taken(recorded: Recorded, member_id: int) -> bool:
    return recorded.state == "taken" or recorded.member_id != member_id


def _cells(run: Run, line: Any) -> list[str]:
    """A staged line under the file's own headings again."""
    customer = line["group_key"][3:] if line["group_key"].startswith(MEMBER) else ""
    values = {**line, "customer": customer, "placed_at": line["placed_at"].isoformat()}
    known = {name: column for name, column in run.mapping.columns.model_dump().items() if column and name in values}
    columns = {column: str(values[name]) for name, column in known.items()}
    return [columns.get(column, "") for column in run.header]


async def _stores(session: Session, mapping: Mapping, rows: Sequence[Any]) -> dict[str, int]:
    names = sorted({row["store"] for row in rows if row["store"]})
    return await organization.ensure_stores(
        session,
        [
            organization.NewStore(code=name, name=name, country=name if mapping.store_is_country else None)
            for name in names
        ],
    )


async def _members(
    session: Session, mapping: Mapping, documents: list[tuple[str, str, list[Any]]], stores: dict[str, int]
) -> tuple[dict[str, int], int]:
    """Group key → member id, new members made in the order of their customer numbers; and how many were new."""
    first: dict[str, Any] = {}
    for group_key, _, lines in documents:
        if group_key.startswith(MEMBER):
            earliest = min(lines, key=lambda line: line["placed_at"])
            known = first.get(group_key)
            first[group_key] = earliest if known is None or earliest["placed_at"] < known["placed_at"] else known
    candidates = [_candidate(mapping, group_key[3:], line, stores) for group_key, line in sorted(first.items())]
    if not candidates:
        return {}, 0
    known_members = await members.resolve(
        session, [("external", mapping.source, group_key[3:]) for group_key in sorted(first)]
    )
    ids = await members.resolve_or_create(session, candidates)
    return dict(zip(sorted(first), ids, strict=True)), len(candidates) - len(known_members)


def _candidate(mapping: Mapping, customer: str, line: Any, stores: dict[str, int]) -> members.NewMember:
    identity = members.NewIdentity(kind="external", source=mapping.source, value=customer)
    source = members.MemberSource(channel="import", store_id=stores.get(line["store"]))
    if mapping.generate_people:
        made = members.generated_member(customer, identity, joined_at=line["placed_at"], source=source)
        return replace(made, is_sign_up=False)
    return members.NewMember(identities=(identity,), joined_at=line["placed_at"], source=source, is_sign_up=False)


@dataclass(frozen=True)
class _Read:
    """What staged lines are read with: the programme, and stores and products by their codes."""

    programme: Programme
    mapping: Mapping
    stores: dict[str, int]
    products: dict[str, catalog.Product]

    def incoming(self, number: str, rows: list[Any], member_id: int) -> Incoming:
        """A document of staged lines. Raises Rejected."""
        lines = tuple(self._line(line_no, row) for line_no, row in enumerate(rows, start=1))
        lines, payments = paid(self.mapping, rows, lines, self.programme.money)
        return Incoming(
            kind=_kind(rows),
            number=number,
            member_id=member_id,
            # Some documents carry two timestamps; the earliest is when it was placed.
            placed_at=min(row["placed_at"] for row in rows),
            store_id=self.stores.get(rows[0]["store"]),
            store=rows[0]["store"] or None,
            lines=lines,
            payments=payments,
        )

    def _line(self, line_no: int, row: Any) -> Line:
        product = self.products[row["product"]]
        return Line(
            line_no=line_no,
            product_id=product.product_id,
            is_goods=product.is_goods,
            quantity=row["quantity"],
            unit_price=row["unit_price"],
            amount_minor=minor_amount(row["quantity"], row["unit_price"], self.programme.money),
        )


def _kind(rows: list[Any]) -> Kind:
    kind: Kind = rows[0]["kind"]
    if kind == "sale" and all(row["quantity"] < 0 for row in rows):
        # Nothing but negative quantities without being a refund: a stock correction.
        return "adjustment"
    return kind
