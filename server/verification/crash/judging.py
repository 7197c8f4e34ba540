"""Says what is wrong with a run, by what undisturbed runs of the same path left."""

from dataclasses import dataclass

from .asking import Answer
from .facts import Comparison, Rows, flat
from .paths import Path


@dataclass
class Run:
    """What one run left: at its death (or end), and after somebody started again.

    `answered` is the status that had set out to the client by then; `died_at` the statement, None for a whole run.
    """

    died_at: str | None
    answered: int | None
    statements: list[str]
    at_death: Rows
    at_end: Rows
    answers: list[Answer | None]
    complaints: list[str]


class Judge:
    """Knows what a path's undisturbed runs left, and compares others with that."""

    def __init__(self, path: Path, before: Rows, clean: Run, other: Run) -> None:
        self.path = path
        self.before = before
        self.clean = clean
        self.comparison = Comparison.of(clean.at_end, other.at_end)
        self._answers = Comparison.of(self._bodies(clean), self._bodies(other))

    def of_clean_run(self) -> list[str]:
        """Whether the undisturbed run did what the path is for, and left the rows and balances it says."""
        path, clean = self.path, self.clean
        wrong = [*clean.complaints]
        if clean.answered != path.status:
            wrong.append(f"answered {clean.answered}, expected {path.status}: {clean.answers[0]}")
        grown = {name: len(clean.at_death[name]) - len(self.before[name]) for name in path.tables}
        grown = {name: rows for name, rows in grown.items() if rows}
        if grown != dict(path.grows):
            wrong.append(f"{grown} new rows, expected {dict(path.grows)}")
        accounts = _accounts(clean.at_end)
        wrong += [
            f"account {account} is {accounts.get(account)}, expected {wanted}"
            for account, wanted in path.accounts.items()
            if accounts.get(account) != wanted
        ]
        return [f"undisturbed: {line}" for line in wrong + self._of_answers(clean, is_done=True)]

    def of(self, run: Run) -> list[str]:
        """What is wrong with a run whose process died."""
        wrong = [*run.complaints]
        lost = self.comparison.differences(run.at_death, self.clean.at_death)
        added = self.comparison.differences(run.at_death, self.before)
        if self.path.is_atomic and lost and added:
            wrong.append(f"at death: neither the state before nor the one after: {_short(added)}")
        if run.answered is not None and run.answered < 300 and lost:
            wrong.append(f"answered {run.answered}, and then lost: {_short(lost)}")
        differs = self.comparison.differences(run.at_end, self.clean.at_end)
        if differs:
            wrong.append(f"at the end: {_short(differs)}")
        return wrong + self._of_answers(run, is_done=not lost)

    def _of_answers(self, run: Run, *, is_done: bool) -> list[str]:
        """The first attempt after the start is a repeat exactly when the effect was there; the second always is."""
        if self.path.status is None:
            return []
        answers = [answer for answer in run.answers if answer is not None]
        wrong = [
            f"attempt {number} answered {answer}, expected {self.path.status}"
            for number, answer in enumerate(answers, 2)
            if answer.status != self.path.status
        ]
        repeats = [self.path.repeat(answer)[0] for answer in answers]
        if repeats not in ([is_done, True], [None, None]):
            wrong.append(f"attempts were repeats: {repeats}, expected {[is_done, True]}")
        differs = self._answers.differences(self._bodies(run), self._bodies(self.clean))
        return wrong + differs + self._of_audit(run, is_done=is_done)

    def _of_audit(self, run: Run, *, is_done: bool) -> list[str]:
        """One line for the effect; or, where repeats are noted too, one for each attempt that was done or answered."""
        lines, of_clean = (len(one.at_end["audit"]) - len(self.before["audit"]) for one in (run, self.clean))
        wanted = 1 if of_clean == 1 else len(run.answers) + is_done
        return [] if lines == wanted else [f"{lines} lines in the audit, expected {wanted}"]

    def _bodies(self, run: Run) -> Rows:
        return {"answer": [flat(self.path.repeat(answer)[1]) for answer in run.answers if answer is not None]}


def _short(lines: list[str]) -> str:
    return "; ".join(line[:160] for line in lines[:3]) + (f"; {len(lines) - 3} more" if len(lines) > 3 else "")


def _accounts(rows: Rows) -> dict[tuple[int, str], tuple[int, ...]]:
    codes = {row["currency_id"]: row["code"] for row in rows["ledger_currency"]}
    buckets = ("version", "available", "pending", "held", "debt")
    return {
        (row["member_id"], codes[row["currency_id"]]): tuple(int(row[name]) for name in buckets)
        for row in rows["ledger_account"]
    }
