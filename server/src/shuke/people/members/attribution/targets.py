"""To whom members may be given."""

from shuke.foundation import organization
from shuke.platform.actor import Sight
from shuke.platform.db import Session

from ..errors import BadSource
from ..rules.values import KEEP
from .actions import Attribution


async def require_targets(session: Session, wanted: Attribution, sight: Sight) -> None:
    """Who sees a part of the shop gives members to that part alone.

    Raises BadSource, EmployeeNotFound and EmployeeHasLeft.
    """
    store_id = wanted.store_id
    if store_id is not KEEP and store_id is not None:
        is_seen = sight.is_whole or store_id in (sight.units or ())
        if not is_seen or not await organization.get_stores(session, [store_id]):
            raise BadSource
    for employee_id in (wanted.employee_id, wanted.manager_id):
        if employee_id is not KEEP and employee_id is not None:
            found = await organization.get_employee(session, employee_id, sight)
            if found.state != "active":
                raise organization.EmployeeHasLeft(name=found.name)
