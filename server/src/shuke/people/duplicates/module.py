"""What duplicates plug into the house."""

from shuke.people.members import MergePart, WorkedOut
from shuke.platform.module import Consumer, Job, Module, Schedule

from .actions import note_merged, note_parted, preview
from .handlers import CHANGES, on_changes
from .permissions import PERMISSIONS
from .privacy import DATA
from .routes import router
from .searching import LOOK, SEARCH, look_at_changed, search_at_night, search_when_asked
from .tables import duplicate_block, duplicate_member, duplicate_pair

MODULE = Module(
    name="duplicates",
    router=router,
    permissions=PERMISSIONS,
    consumers=(Consumer(name="duplicates.changes", events=CHANGES, handle=on_changes),),
    # In the night of most of the shops' time zones.
    schedules=(Schedule(name="duplicates.nightly", cron="40 18 * * *", run=search_at_night),),
    jobs=(Job(name=SEARCH, run=search_when_asked), Job(name=LOOK, run=look_at_changed)),
    contributions=(
        DATA,
        WorkedOut(table=duplicate_pair, columns=("member_a", "member_b")),
        WorkedOut(table=duplicate_block),
        WorkedOut(table=duplicate_member),
        MergePart(key="duplicates", preview=preview, merge=note_merged, undo=note_parted),
    ),
)
