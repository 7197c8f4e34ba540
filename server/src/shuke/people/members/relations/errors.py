"""What relations refuse, and what to do about it."""

from shuke.platform.errors import AppError


class RelationToSelf(AppError):
    """Somebody related to themselves."""

    code = "relations.to_self"
    title = {"zh": "不能选自己", "en": "The same person"}
    detail = {
        "zh": "关系的两边是同一位会员。请选择另一位会员。",
        "en": "Both sides are the same member. Choose somebody else.",
    }


class InviterGoesRound(AppError):
    """An inviter whom the member had invited, directly or through others."""

    code = "relations.inviter_goes_round"
    status = 409
    title = {"zh": "邀请关系会成环", "en": "The invitations would go in a circle"}
    detail = {
        "zh": "这位邀请人是由该会员（直接或间接）邀请来的。请检查谁邀请了谁。",
        "en": "This inviter was brought by the member, directly or through others. Check who invited whom.",
    }


class TooManyRelatives(AppError):
    """More relatives than a family has."""

    code = "relations.too_many"
    status = 409
    title = {"zh": "家庭成员过多", "en": "Too many relatives"}
    detail = {
        "zh": "每位会员最多登记 {limit} 位家人。请先删除登记错的。",
        "en": "A member has at most {limit} relatives here. Remove those that were noted by mistake.",
    }


class RelationNotFound(AppError):
    """No such relation."""

    code = "relations.not_found"
    status = 404
    title = {"zh": "没有这个关系", "en": "No such relation"}
    detail = {
        "zh": "没有找到这个关系，可能已被删除。请刷新会员页。",
        "en": "This relation was not found; it may have been removed. Reload the member's page.",
    }
