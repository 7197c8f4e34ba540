"""A staff user as the one who acts, for work in the background that was asked for by somebody."""

from shuke.platform.actor import Actor
from shuke.platform.db import Session, raw

from .users import permissions_of, sight_of_row

_ACTOR = """
    select u.employee_id, roles.patterns, roles.scopes, roles.fields,
        array(select us.store_id from staff_user_store us where us.user_id = u.user_id) as stores,
        array(
            select st.store_id from staff_user_region ur join store st on st.region_id = ur.region_id
            where ur.user_id = u.user_id
        ) as stores_of_regions
    from staff_user u
    cross join lateral (
        select array_agg(array_to_string(r.permissions, ' ')) as patterns, array_agg(r.scope) as scopes,
            array_agg(r.fields::text) as fields
        from staff_user_role held join staff_role r on r.code = held.role_code
        where held.user_id = u.user_id
    ) roles
    where u.user_id = $1 and u.is_active
"""


async def find_actor(session: Session, user_id: int) -> Actor | None:
    """The user with what the roles allow and show now; None when the user is disabled, or there is none."""
    driver = await raw(session)
    row = await driver.fetchrow(_ACTOR, user_id)
    if row is None:
        return None
    return Actor(kind="staff", id=user_id, permissions=permissions_of(row["patterns"] or ()), sight=sight_of_row(row))
