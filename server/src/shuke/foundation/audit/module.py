"""What the audit trail plugs into the house."""

from shuke.platform.audit import ActionWords, ObjectWords, audit_key, key_context
from shuke.platform.keys import SealedColumn
from shuke.platform.loops import Loop
from shuke.platform.module import Job, Module, Schedule

from .actions import VERIFY, seal
from .jobs import sign_and_forget, verify, verify_when_asked
from .permissions import AUDIT_READ, AUDIT_UNMASK, AUDIT_WRITE
from .routes import router

_WORDS = (
    ActionWords(action="audit.exported", zh="{actor} 导出了操作日志", en="{actor} exported the audit trail"),
    ActionWords(
        action="POST /v1/audit/verifications", zh="{actor} 要求校验操作日志", en="{actor} had the audit trail verified"
    ),
    ActionWords(
        action="PUT /v1/audit/settings",
        zh="{actor} 修改了操作日志的保留期限",
        en="{actor} changed how long the audit trail is kept",
    ),
    ActionWords(
        action="POST /v1/audit/{line}/difference",
        zh="{actor} 查看了操作日志里的个人信息{fields}",
        en="{actor} looked at personal values in the audit trail{fields}",
    ),
    ActionWords(
        action="personal.read",
        zh="{actor} 查看了 {object} 的未脱敏信息{fields}",
        en="{actor} saw personal data in clear: {object}{fields}",
    ),
)

MODULE = Module(
    name="audit",
    router=router,
    permissions=(AUDIT_READ, AUDIT_WRITE, AUDIT_UNMASK),
    schedules=(
        Schedule(name="audit.sign_and_forget", cron="50 18 * * *", run=sign_and_forget),
        Schedule(name="audit.verify", cron="20 19 * * *", run=verify),
    ),
    jobs=(Job(name=VERIFY, run=verify_when_asked),),
    contributions=(
        Loop(name="audit.seal", every_s=1.0, step=seal),
        SealedColumn(
            table=audit_key, column="wrapped", owner="member_id", context=lambda row: key_context(row["member_id"])
        ),
        ObjectWords(kind="audit", zh="操作日志", en="audit trail"),
        *_WORDS,
    ),
)
