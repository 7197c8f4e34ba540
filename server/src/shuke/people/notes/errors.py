"""What notes and follow-ups refuse, and what to do about it."""

from shuke.platform.errors import AppError


class NoteNotFound(AppError):
    """No such note of this member."""

    code = "note.not_found"
    status = 404
    title = {"zh": "没有这条备注", "en": "No such note"}
    detail = {
        "zh": "没有找到这条备注，可能已被删除。请刷新会员页面。",
        "en": "This note was not found; it may have been deleted. Load the member's page again.",
    }


class NoteChanged(AppError):
    """Somebody else has changed it since it was read."""

    code = "note.was_changed"
    status = 409
    title = {"zh": "备注已被修改", "en": "Changed meanwhile"}
    detail = {
        "zh": "在您编辑时，这条内容已被他人修改。请刷新后重新修改。",
        "en": "Somebody changed this while you were editing. Load it again, then make your change.",
    }


class NoteOfOthers(AppError):
    """Only whoever wrote it, or a manager, changes it."""

    code = "note.of_others"
    status = 403
    title = {"zh": "这是别人写的", "en": "Written by somebody else"}
    detail = {
        "zh": "只有作者本人或有管理权限的同事可以修改、删除。请联系作者，或另写一条。",
        "en": "Only its author, or a colleague who manages notes, can change or delete it. Ask them, or write another.",
    }


class NoteNotKept(AppError):
    """The member was erased: nothing can be written about them any more."""

    code = "note.member_erased"
    status = 409
    title = {"zh": "会员信息已删除", "en": "Member erased"}
    detail = {
        "zh": "这位会员的个人信息已经删除，不能再为其写备注或安排跟进。",
        "en": "This member's personal data has been erased, so nothing can be written about them any more.",
    }


class FollowUpNotFound(AppError):
    """No such follow-up of this member."""

    code = "follow_up.not_found"
    status = 404
    title = {"zh": "没有这个跟进", "en": "No such follow-up"}
    detail = {
        "zh": "没有找到这个跟进，请刷新后再试。",
        "en": "This follow-up was not found. Load the page again.",
    }


class FollowUpEnded(AppError):
    """It is done or cancelled."""

    code = "follow_up.has_ended"
    status = 409
    title = {"zh": "跟进已结束", "en": "Follow-up has ended"}
    detail = {
        "zh": "这个跟进已完成或已取消，不能修改。需要时请先重新打开。",
        "en": "This follow-up is done or cancelled and cannot be changed. Open it again first.",
    }


class AssigneeUnfit(AppError):
    """The colleague does not see the member, or their follow-ups."""

    code = "follow_up.assignee_unfit"
    title = {"zh": "不能指派给这位同事", "en": "Cannot be assigned to this colleague"}
    detail = {
        "zh": "这位同事已停用，或看不到这位会员的跟进。请指派给能看到这位会员的同事。",
        "en": "This colleague is disabled, or cannot see follow-ups of this member. Choose a colleague who can.",
    }
