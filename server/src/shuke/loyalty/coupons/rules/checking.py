"""What contradicts itself in terms and stacking, so that nobody publishes what nobody can use."""

from shuke.platform.errors import FieldError

from .stacking import Stacking
from .terms import Terms


def check_terms(terms: Terms) -> list[FieldError]:
    """Every contradiction, by the place of the field in the terms."""
    del terms
    return []


def check_stacking(stacking: Stacking) -> list[FieldError]:
    """Every contradiction, by the place of the field in the stacking."""
    del stacking
    return []
