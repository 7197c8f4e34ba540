"""How much of caps and budgets is used: counted in rows that are locked before a rule is asked, so that no limit is
ever passed, whatever happens at once.
"""

from .merging import PART
from .privacy import PERSONAL_DATA, WORKED_OUT
from .rooms import lock_room, lock_room_of, look_at_room, save_room

__all__ = ["PART", "PERSONAL_DATA", "WORKED_OUT", "lock_room", "lock_room_of", "look_at_room", "save_room"]
