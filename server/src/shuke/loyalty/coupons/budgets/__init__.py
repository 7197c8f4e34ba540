"""What a template's redemptions of a period may cost, or how many they may be: exact, however many redeem at once."""

from .actions import arrange, give_back, refusal, take
from .errors import BudgetUsedUp
from .queries import look
from .rules import Left, Spend

__all__ = ["BudgetUsedUp", "Left", "Spend", "arrange", "give_back", "look", "refusal", "take"]
