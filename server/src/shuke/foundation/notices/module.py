"""What notices plug into the house."""

from shuke.platform.audit import ActionWords
from shuke.platform.module import Module, Schedule

from . import jobs
from .routes import router

_WORDS = (
    ActionWords(action="POST /v1/session/notices/read", zh="{actor} 把通知标为已读", en="{actor} read their notices"),
    ActionWords(
        action="POST /v1/session/notices/{notice_id}/read", zh="{actor} 读了一条通知", en="{actor} read a notice"
    ),
    ActionWords(
        action="PUT /v1/session/notice-kinds/{code}",
        zh="{actor} 调整了自己的通知",
        en="{actor} chose what to be told of",
    ),
)

MODULE = Module(
    name="notices",
    router=router,
    schedules=(Schedule(name="notices.forget_old", cron="47 19 * * *", run=jobs.forget_old),),
    contributions=_WORDS,
)
