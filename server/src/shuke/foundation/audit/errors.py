"""What the audit trail refuses."""

from shuke.platform.errors import AppError


class AuditLineNotFound(AppError):
    """There is no such line, or it has been removed after its time."""

    code = "audit.line_not_found"
    status = 404
    title = {"zh": "没有这条记录", "en": "No such line"}
    detail = {
        "zh": "没有这条操作记录，或者已超过保留期限。",
        "en": "There is no such line in the trail, or its time is over.",
    }


class AuditPersonUnknown(AppError):
    """The member named does not exist, or is out of the caller's sight."""

    code = "audit.person_unknown"
    status = 404
    title = {"zh": "没有这位会员", "en": "No such member"}
    detail = {
        "zh": "没有找到这位会员，或者不在您的数据范围内。",
        "en": "There is no such member, or not within your data scope.",
    }


class VerificationRunning(AppError):
    """Somebody else has just asked for the same."""

    code = "audit.verification_running"
    status = 409
    title = {"zh": "正在校验", "en": "Already verifying"}
    detail = {
        "zh": "操作日志正在校验中，请稍后查看结果。",
        "en": "The trail is being verified already. Look at the outcome in a moment.",
    }
    headers = {"Retry-After": "5"}
