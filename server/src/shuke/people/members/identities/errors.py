"""What changes of identities refuse."""

from shuke.platform.errors import AppError


class IdentityNotFound(AppError):
    """The member is not known by such an identity."""

    code = "members.identity_not_found"
    status = 404
    title = {"zh": "没有这个身份标识", "en": "No such identity"}
    detail = {
        "zh": "这位会员没有这个身份标识，可能已被移除。请刷新会员页。",
        "en": "The member has no such identity; it may have been removed. Reload the member's page.",
    }


class LastIdentity(AppError):
    """Without it, nobody would find the member any more."""

    code = "members.last_identity"
    status = 409
    title = {"zh": "最后一个身份标识", "en": "The last identity"}
    detail = {
        "zh": "这是会员唯一的身份标识，移除后将无法识别。请先添加新的手机号、卡号等，或改用合并。",
        "en": "This is all the member is known by. Add another phone, card or e-mail first, or merge the two members.",
    }
