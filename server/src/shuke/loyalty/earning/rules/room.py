"""What caps and budgets leave room for."""

from datetime import date

from .model import RuleVersion


class Room:
    """How much each rule may still give: caps by member and period, budgets by period. Without limits: everything."""

    def grant(self, version: RuleVersion, currency: str, member_id: int, day: date, wanted: int) -> int:
        """Use room on a day; answers how much of what is wanted there is room for."""
        return wanted

    def give_back(
        self, version: RuleVersion, currency: str, member_id: int, day: date, amount: int, *, is_whole: bool
    ) -> None:
        """Return room that was used on a day; `is_whole`: nothing of the award is left."""
