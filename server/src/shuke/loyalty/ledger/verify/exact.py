"""The exact look at one account: its entries are posted again one by one, by the code that posts them. Pure.

It names the first wrong row, in order of version, then lot, then hold; what belongs to no order (the account's own row,
the other side of a transfer) comes last.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from shuke.platform.i18n import LocalName

from .. import rules
from ..loading import lot_of
from ..rules import CLOSED_BY, Account
from .blame import find_culprit
from .findings import Wrong
from .loading import AccountRows, Row
from .replay import hash_of, read_json

_MOST = 10**18


def check_account(rows: AccountRows) -> Wrong | None:
    """The first wrong row of an account; None: everything agrees."""
    return next(_Check(rows).problems(), None)


class _Check:
    def __init__(self, rows: AccountRows) -> None:
        self.rows = rows
        self.entries = {row["version"]: row for row in rows.entries}
        self.drawn: dict[int, list[Row]] = defaultdict(list)
        self.by_lot: dict[int, list[Row]] = defaultdict(list)
        for part in rows.allocations:
            self.drawn[part["version"]].append(part)
            self.by_lot[part["lot_no"]].append(part)
        self.opened: dict[int, list[Row]] = defaultdict(list)
        for lot in rows.lots:
            self.opened[lot["opened_version"]].append(lot)

    def problems(self) -> Iterator[Wrong]:
        """Everything that is wrong; what follows the first is often only its consequence."""
        if self.rows.currency is None:
            yield self._wrong("ledger_currency", {}, "没有这种货币", "There is no such currency")
            return
        before: Row | None = None
        for entry in self.rows.entries:
            yield from self._entry(entry, before)
            before = entry
        for lot in self.rows.lots:
            yield from self._lot(lot)
        yield from self._astray()
        for hold in self.rows.holds:
            yield from self._hold(hold)
        yield from self._account()
        for entry in self.rows.entries:
            if entry["kind"] == "transfer":
                yield from self._transfer(entry)

    def _entry(self, entry: Row, before: Row | None) -> Iterator[Wrong]:
        version, expected = entry["version"], (before["version"] if before else 0) + 1
        if version != expected:
            yield self._entry_wrong(
                expected, f"这条流水不见了，下一条是 {version}", f"It is missing; the next one is {version}"
            )
        operation = self.rows.operations.get(entry["operation_key"])
        if operation is None:
            row = {"key": entry["operation_key"], "version": version}
            yield self._wrong("ledger_operation", row, "流水所属的操作不见了", "The operation of the entry is missing")
            return
        if entry["previous_hash"] != (before["hash"] if before else rules.FIRST_HASH):
            yield self._entry_wrong(
                version, "没有接在上一条流水之后", "It does not carry the hash of the entry before it"
            )
        drawn, opened = self.drawn[version], self.opened[version]
        holds = [hold for hold in self.rows.holds if hold["opened_version"] == version]
        if hash_of(self.rows, entry, operation, drawn, opened, holds) != entry["hash"]:
            yield find_culprit(self.rows, entry, operation, drawn, opened, holds)
        copied = ("occurred_at", "business_day", "recorded_at", "origin_kind", "origin_id")
        if any(entry[name] != operation[name] for name in copied):
            yield self._entry_wrong(version, "与所属操作的记录不一致", "It is not as its operation says")
        yield from self._sums(entry, before, sum(lot["amount"] for lot in opened))

    def _sums(self, entry: Row, before: Row | None, opened: int) -> Iterator[Wrong]:
        buckets = [entry[name] for name in ("available_after", "pending_after", "held_after", "debt_after")]
        if min(buckets) < 0 or max(buckets) >= _MOST or (entry["debt_after"] and entry["available_after"]):
            yield self._entry_wrong(
                entry["version"], "变动后的余额不可能出现", "The balances after it are not possible"
            )
        drawn = self.drawn[entry["version"]]
        moved = opened + sum(part["amount"] for part in drawn)
        if entry["amount"] != _owned(entry) - _owned(before) - (entry["debt_after"] - _after(before, "debt")):
            yield self._entry_wrong(
                entry["version"], "变动数量与余额的变化不符", "Its amount is not the change of the balance"
            )
        if _owned(entry) - _owned(before) != moved:
            yield self._entry_wrong(
                entry["version"],
                "余额的变化与批次的变化不符",
                "The change of the balance is not the change of its lots",
            )
        if entry["held_after"] - _after(before, "held") != sum(part["held"] for part in drawn):
            yield self._entry_wrong(
                entry["version"],
                "冻结的变化与批次的变化不符",
                "The change of what is held is not the change in its lots",
            )

    def _lot(self, lot: Row) -> Iterator[Wrong]:
        number, parts = lot["lot_no"], self.by_lot[lot["lot_no"]]
        if lot["opened_version"] not in self.entries:
            yield self._lot_wrong(number, "没有开出这个批次的流水", "No entry opened it")
        if lot["remaining"] != lot["amount"] + sum(part["amount"] for part in parts):
            yield self._lot_wrong(
                number, "剩余数量与各条流水的使用不符", "What remains is not what the entries left of it"
            )
        if lot["held"] != sum(part["held"] for part in parts) or not 0 <= lot["held"] <= lot["remaining"]:
            yield self._lot_wrong(number, "冻结数量与各条流水不符", "What is held is not what the entries set aside")
        if lot["state"] != self._state(lot, parts):
            yield self._lot_wrong(number, "状态与最后一条流水不符", "Its state is not what its last entry left")

    def _state(self, lot: Row, parts: list[Row]) -> str | None:
        kinds = [self.entries[part["version"]]["kind"] for part in parts if part["version"] in self.entries]
        if lot["remaining"] == 0:
            return CLOSED_BY.get(kinds[-1]) if kinds else None
        waits = lot["available_on"] is not None or lot["matures_on"] is not None
        return "pending" if waits and "mature" not in kinds else "open"

    def _astray(self) -> Iterator[Wrong]:
        for part in self.rows.allocations:
            if part["version"] not in self.entries:
                row = {"version": part["version"], "lot_no": part["lot_no"]}
                yield self._wrong("ledger_allocation", row, "没有对应的流水", "It belongs to no entry")

    def _hold(self, hold: Row) -> Iterator[Wrong]:
        number = hold["hold_no"]
        mine = [entry for entry in self.rows.entries if entry["hold_no"] == number]
        opener = self.entries.get(hold["opened_version"])
        if opener is None or opener["hold_no"] != number:
            yield self._hold_wrong(number, "没有开出这笔冻结的流水", "No entry opened it")
            return
        used = sum(
            entry["moved"] - (entry["amount"] if entry["kind"] == "capture" else 0)
            for entry in mine
            if entry["kind"] in {"capture", "release"}
        )
        if hold["remaining"] != hold["amount"] - used or hold["remaining"] < 0:
            yield self._hold_wrong(
                number, "剩余数量与各条流水的使用不符", "What remains is not what the entries left of it"
            )
        if hold["state"] != self._hold_state(hold, mine[-1]):
            yield self._hold_wrong(number, "状态与最后一条流水不符", "Its state is not what its last entry left")
        parts: dict[str, int] = defaultdict(int)
        for entry in mine:
            for part in self.drawn[entry["version"]]:
                parts[str(part["lot_no"])] += part["held"]
        if read_json(hold["parts"]) != {lot_no: held for lot_no, held in parts.items() if held}:
            yield self._hold_wrong(
                number, "占用的批次与各条流水不符", "The lots it holds are not those that its entries name"
            )

    def _hold_state(self, hold: Row, last: Row) -> str | None:
        if hold["remaining"] > 0:
            return "open"
        if last["kind"] == "release":
            operation = self.rows.operations.get(last["operation_key"])
            return "timed_out" if operation and operation["kind"] == "time_out" else "released"
        return "captured" if last["kind"] == "capture" else None

    def _account(self) -> Iterator[Wrong]:
        account, last = self.rows.account, self.rows.entries[-1] if self.rows.entries else None
        if account is None:
            yield self._wrong("ledger_account", {}, "账户不见了", "The account is missing")
            return
        count = last["version"] if last else 0
        head = last["hash"] if last else rules.FIRST_HASH
        if account["version"] > count and account["head_hash"] != head:
            yield self._entry_wrong(
                count + 1, "这条流水不见了，它本应是账户的下一条", "It is missing, and the account has counted it"
            )
        if account["version"] < count and account["head_hash"] != head:
            yield self._entry_wrong(
                account["version"] + 1, "账户的最后一条之后多出这条流水", "It stands behind the account's last entry"
            )
        yield from self._counts(account)
        same: list[tuple[str, Any]] = [(name, _after(last, name)) for name in ("available", "pending", "held", "debt")]
        same += [("version", count), ("head_hash", head), ("active_on", last["active_after"] if last else None)]
        for name, value in same:
            if account[name] != value:
                yield self._account_wrong(f"{name} 与最后一条流水不符", f"{name} is not what the last entry left", name)
        yield from self._lots_and_holds(account)

    def _counts(self, account: Row) -> Iterator[Wrong]:
        for name, table, number, rows in (
            ("lot_count", "ledger_lot", "lot_no", self.rows.lots),
            ("hold_count", "ledger_hold", "hold_no", self.rows.holds),
        ):
            there = {row[number] for row in rows}
            missing = next((place for place in range(1, len(there) + 1) if place not in there), None)
            if missing is not None:
                yield self._wrong(table, {number: missing}, "这一行不见了", "It is missing")
            if account[name] != len(there):
                yield self._account_wrong(
                    f"{name} 与实际行数不符", f"{name} is not the number of rows that there are", name
                )

    def _lots_and_holds(self, account: Row) -> Iterator[Wrong]:
        assert self.rows.currency is not None
        copy = Account(self.rows.member_id, self.rows.currency, self.rows.zone, active_on=account["active_on"])
        copy.lots = [lot for lot in map(lot_of, self.rows.lots) if lot.is_live]
        for name, amount in (
            ("available", _sum(copy, "open") - sum(lot.held for lot in copy.lots if lot.state == "open")),
            ("pending", _sum(copy, "pending")),
            ("held", sum(lot.held for lot in copy.lots)),
        ):
            if account[name] != amount:
                yield self._account_wrong(f"{name} 与各批次之和不符", f"{name} is not the sum of its lots", name)
        due = [row["expires_at"] for row in self.rows.holds if row["state"] == "open" and row["expires_at"]]
        rules.settle(copy)
        due += [copy.due_at] if copy.due_at else []
        if due and (account["due_at"] is None or account["due_at"] > min(due)):
            yield self._account_wrong("due_at 晚于下一个到期时间", "due_at is later than what comes due next", "due_at")

    def _transfer(self, entry: Row) -> Iterator[Wrong]:
        operation = self.rows.operations[entry["operation_key"]]
        other_member = operation["counterpart_member_id"]
        other = other_member, entry["operation_key"]
        # Which of the two sides is wrong, the other member's rows may tell.
        row = {"version": entry["version"], "other_member": other_member}
        if self.rows.other_operations.get(other) != self.rows.member_id:
            said = f"对方会员 {other_member} 没有这笔操作", f"The other member, {other_member}, has no such operation"
            yield self._wrong("ledger_entry", row, *said)
        if list(self.rows.other_entries.get(other, ())) != [-entry["amount"]]:
            yield self._wrong(
                "ledger_entry",
                row,
                f"与对方会员 {other_member} 的流水之和不为零",
                f"It and the entry of the other member, {other_member}, do not sum to zero",
            )

    def _entry_wrong(self, version: int, zh: str, en: str) -> Wrong:
        return self._wrong("ledger_entry", {"version": version}, zh, en)

    def _lot_wrong(self, number: int, zh: str, en: str) -> Wrong:
        return self._wrong("ledger_lot", {"lot_no": number}, zh, en)

    def _hold_wrong(self, number: int, zh: str, en: str) -> Wrong:
        return self._wrong("ledger_hold", {"hold_no": number}, zh, en)

    def _account_wrong(self, zh: str, en: str, column: str) -> Wrong:
        return self._wrong("ledger_account", {"column": column}, zh, en)

    def _wrong(self, table: str, row: dict[str, Any], zh: str, en: str) -> Wrong:
        return Wrong(
            table=table,
            member_id=self.rows.member_id,
            currency=self.rows.code,
            row=row,
            what=LocalName(zh, en),
        )


def _owned(entry: Row | None) -> int:
    return _after(entry, "available") + _after(entry, "pending") + _after(entry, "held")


def _after(entry: Row | None, bucket: str) -> int:
    amount: int = entry[f"{bucket}_after"] if entry else 0
    return amount


def _sum(account: Account, state: str) -> int:
    return sum(lot.remaining for lot in account.lots if lot.state == state)
