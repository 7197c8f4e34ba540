"""One chunk of rows in one transaction: the same decisions whether they are tried or done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from shuke.people import members
from shuke.platform.db import Session, copy_rows

from ..queries import Import, RejectKind
from ..rules.deciding import Decision, Key, decide
from ..rules.reading import Person, Rejected
from ..tables import member_import_change, member_import_identity
from . import staging

_LISTED = ("active", "frozen")
_SAMPLES = 5


@dataclass(frozen=True)
class ReadRow:
    """A row that was read: who it says, by what they are known, and its cells."""

    person: Person
    keys: tuple[Key, ...]
    cells: Sequence[str]


@dataclass
class Chunk:
    """What came of some rows: counts, rows to hand back, and a few examples, masked."""

    counts: Counter[str] = field(default_factory=Counter)
    handed: list[staging.Handed] = field(default_factory=list)
    samples: list[dict[str, str | int | None]] = field(default_factory=list)

    def give_back(self, row: ReadRow, kind: RejectKind, rejected: Rejected) -> None:
        """Hand a row back."""
        self.counts[f"{kind}s"] += 1
        self.handed.append((row.person.row_no, kind, rejected, row.cells))

    def note(self, fate: str, row: ReadRow) -> None:
        """Count a row; the first few are shown, masked."""
        self.counts[fate] += 1
        if self.counts[fate] <= _SAMPLES:
            name = row.person.profile.name
            first = row.person.identities[0]
            self.samples.append(
                {
                    "row": row.person.row_no,
                    "fate": fate,
                    "name": members.mask_name(name) if name else None,
                    "identity": members.mask_identity(first.kind, first.value),
                    "kind": first.kind,
                }
            )


async def work(session: Session, run: Import, rows: Sequence[ReadRow], seen: set[int], *, is_trial: bool) -> Chunk:
    """Take rows in, or see what would become of them. `seen`: members whom earlier chunks of a trial have met."""
    chunk = Chunk()
    first, last = rows[0].person.row_no, rows[-1].person.row_no
    repeated = await staging.earlier(session, run.import_id, first, last)
    owners = await members.owners(session, {key for row in rows for key in row.keys}, hold=not is_trial)
    new: list[ReadRow] = []
    known: dict[int, ReadRow] = {}
    met = seen | await _met(session, run, owners)
    statuses = await members.statuses(session, sorted(set(owners.values())))
    for row in rows:
        if row.person.row_no in repeated:
            chunk.give_back(row, "duplicate", Rejected("row.duplicate", first=repeated[row.person.row_no]))
            continue
        decision = decide(row.keys, owners, run.settings)
        if decision.fate == "new":
            new.append(row)
        elif decision.fate == "known" and decision.member_id is not None:
            _take_known(chunk, row, decision.member_id, known, met, statuses)
        else:
            _leave(chunk, row, decision)
    if is_trial:
        seen.update(known)
    await (_try if is_trial else _do)(session, run, chunk, new, known, owners)
    return chunk


def _leave(chunk: Chunk, row: ReadRow, decision: Decision) -> None:
    if decision.fate == "conflict":
        chunk.give_back(row, "conflict", Rejected("row.conflict"))
    else:
        chunk.note("skipped", row)


def _take_known(
    chunk: Chunk,
    row: ReadRow,
    member_id: int,
    known: dict[int, ReadRow],
    met: set[int],
    statuses: Mapping[int, str],
) -> None:
    if statuses.get(member_id) not in _LISTED:
        chunk.give_back(row, "conflict", Rejected("row.not_active"))
    elif member_id in known or member_id in met:
        chunk.give_back(row, "duplicate", Rejected("row.same_member"))
    else:
        known[member_id] = row


async def _met(session: Session, run: Import, owners: Mapping[Key, int]) -> set[int]:
    """Members to whom an earlier chunk of this import has done something."""
    change = member_import_change.c
    rows = await session.execute(
        select(change.member_id).where(
            change.import_id == run.import_id, change.member_id.in_(sorted(set(owners.values())))
        )
    )
    return set(rows.scalars())


async def _gains(
    session: Session, run: Import, known: Mapping[int, ReadRow], owners: Mapping[Key, int]
) -> dict[int, members.NewMember]:
    """Known members with identities that they do not have yet; when only gaps are filled, of kinds they lack."""
    held = await members.identity_kinds(session, sorted(known))
    gains = {}
    for member_id, row in known.items():
        pairs = list(zip(row.keys, row.person.identities, strict=True))
        fresh = [
            identity
            for key, identity in pairs
            if key not in owners and (run.settings.on_update == "overwrite" or identity.kind not in held[member_id])
        ]
        if fresh:
            anchor = next(identity for key, identity in pairs if key in owners)
            gains[member_id] = members.NewMember(identities=(anchor, *fresh))
    return gains


def _updates(run: Import, known: Mapping[int, ReadRow]) -> list[members.ProfileUpdate]:
    is_filling = run.settings.on_update == "fill"
    return [
        members.ProfileUpdate(member_id=member_id, profile=row.person.profile, is_filling=is_filling)
        for member_id, row in known.items()
    ]


async def _try(
    session: Session,
    run: Import,
    chunk: Chunk,
    new: Sequence[ReadRow],
    known: dict[int, ReadRow],
    owners: Mapping[Key, int],
) -> None:
    for row in new:
        chunk.note("new", row)
    gains = await _gains(session, run, known, owners)
    changed = {one.member_id for one in await members.update_profiles(session, _updates(run, known), is_trial=True)}
    chunk.counts["identities_added"] += sum(len(one.identities) - 1 for one in gains.values())
    for member_id, row in known.items():
        chunk.note("updated" if member_id in changed or member_id in gains else "unchanged", row)


async def _do(
    session: Session,
    run: Import,
    chunk: Chunk,
    new: Sequence[ReadRow],
    known: dict[int, ReadRow],
    owners: Mapping[Key, int],
) -> None:
    gains = await _gains(session, run, known, owners)
    arrived = await members.arrive(session, [*(_newcomer(run, row.person) for row in new), *gains.values()])
    created = {}
    for row, member_id in zip(new, arrived.ids, strict=False):
        if member_id in arrived.new:
            created[member_id] = row
            chunk.note("new", row)
        elif member_id in known or run.settings.policy == "create":
            # Somebody else brought them in a moment ago.
            chunk.note("skipped", row)
        else:
            known[member_id] = row
    updated = {one.member_id: one for one in await members.update_profiles(session, _updates(run, known))}
    gained = {member_id: keys for member_id, keys in arrived.gained.items() if member_id in known}
    for member_id, row in known.items():
        chunk.note("updated" if member_id in updated or member_id in gained else "unchanged", row)
    chunk.counts["identities_added"] += sum(len(keys) for keys in gained.values())
    changes: list[tuple[object, ...]] = [
        (member_id, run.import_id, row.person.row_no, "created", len(arrived.gained[member_id]), None, None)
        for member_id, row in created.items()
    ]
    for member_id in sorted(updated.keys() | gained.keys()):
        one = updated.get(member_id)
        profile = (None, None) if one is None else (one.before, one.after)
        changes.append((member_id, run.import_id, known[member_id].person.row_no, "updated", 0, *profile))
    await copy_rows(session, member_import_change, _CHANGE, changes)
    await copy_rows(
        session,
        member_import_identity,
        ("member_id", "import_id", "kind", "source", "blind"),
        [(member_id, run.import_id, *key) for member_id, keys in gained.items() for key in keys],
    )


_CHANGE = ("member_id", "import_id", "row_no", "kind", "identities", "profile_before", "profile_after")


def _newcomer(run: Import, person: Person) -> members.NewMember:
    return members.NewMember(
        identities=person.identities,
        profile=person.profile,
        joined_at=person.joined_at,
        source=members.MemberSource(
            channel=run.settings.channel, store_id=person.store_id, employee_id=person.employee_id
        ),
        is_sign_up=run.settings.is_sign_up,
    )
