"""What notes plug into the house."""

from shuke.foundation.notices import NoticeKind
from shuke.people import members
from shuke.platform.audit import ActionWords, ObjectWords
from shuke.platform.i18n import LocalName
from shuke.platform.keys import SealedColumn
from shuke.platform.module import Module, Schedule

from .exports import FOLLOW_UPS
from .jobs import DUE, remind
from .permissions import PERMISSIONS, READ
from .privacy import MERGE_PART, PERSONAL_DATA
from .queries import follow_up_place, note_place
from .routes import router
from .schemas import NotesSectionOut
from .sections import load_section, load_timeline
from .tables import member_follow_up, member_note


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


_NOTE, _FOLLOW_UP = "/v1/members/{member}/notes", "/v1/members/{member}/follow-ups"

MODULE = Module(
    name="notes",
    router=router,
    permissions=PERMISSIONS,
    schedules=(Schedule(name="notes.remind", cron="*/5 * * * *", run=remind),),
    contributions=(
        FOLLOW_UPS,
        *PERSONAL_DATA,
        MERGE_PART,
        members.MemberSection(key="notes", shape=NotesSectionOut, load=load_section, permission=READ.code),
        members.TimelineSource(kind="note", load=load_timeline, permission=READ.code),
        SealedColumn(
            table=member_note,
            column="sealed",
            owner="member_id",
            context=lambda row: members.place_of(row["member_id"], note_place(row["note_id"])),
        ),
        SealedColumn(
            table=member_follow_up,
            column="sealed",
            owner="member_id",
            context=lambda row: members.place_of(row["member_id"], follow_up_place(row["follow_up_id"])),
        ),
        NoticeKind(code=DUE, label=LocalName("会员跟进到期", "Follow-ups that are due"), permission=READ.code),
        ObjectWords(kind="follow-ups", zh="跟进", en="follow-up"),
        *_words(
            (f"POST {_NOTE}", "写了一条会员备注", "wrote a note about a member"),
            (f"PUT {_NOTE}/{{note_id}}", "修改了一条会员备注", "changed a note about a member"),
            (
                f"PUT {_NOTE}/{{note_id}}/pin",
                "置顶或取消置顶了一条会员备注",
                "pinned or unpinned a note about a member",
            ),
            (f"DELETE {_NOTE}/{{note_id}}", "删除了一条会员备注", "deleted a note about a member"),
            (f"POST {_FOLLOW_UP}", "安排了一个会员跟进", "arranged a follow-up of a member"),
            (f"PUT {_FOLLOW_UP}/{{follow_up_id}}", "修改了一个会员跟进", "changed a follow-up of a member"),
            (
                f"PUT {_FOLLOW_UP}/{{follow_up_id}}/state",
                "更新了一个会员跟进的状态",
                "ended a follow-up of a member, or opened it again",
            ),
        ),
    ),
)
