"""What the edge of HTTP refuses to those it knows: no right, not in sight, no fresh proof, no header."""

from shuke.platform.errors import AppError


class NotAllowed(AppError):
    """The caller is known, and may not do this."""

    code = "request.not_allowed"
    status = 403
    title = {"zh": "没有权限", "en": "Not allowed"}
    detail = {
        "zh": "这个操作需要权限 {permission}。请联系管理员。",
        "en": "This needs the permission {permission}. Ask your administrator for it.",
    }


class OutOfSight(AppError):
    """The caller may do this, but sees only some places or people, and the answer is about all of them."""

    code = "request.out_of_sight"
    status = 403
    title = {"zh": "超出数据范围", "en": "Beyond your data scope"}
    detail = {
        "zh": "这里涉及全部门店的数据，而您的账号只能看到部分门店或自己的会员。需要时请联系管理员。",
        "en": "This is about all stores, and your account sees only some stores or your own members. "
        "Ask your administrator if you need it.",
    }


class ClientHeaderMissing(AppError):
    """A request that changes something came with the cookie alone; another site's page could have sent it."""

    code = "request.client_header_missing"
    status = 403
    title = {"zh": "缺少请求头", "en": "Header missing"}
    detail = {
        "zh": "会改动数据的请求必须带请求头 X-Shuke-Client: console。",
        "en": "A request that changes something needs the header X-Shuke-Client: console.",
    }


class ProofNeeded(AppError):
    """The caller may do this, and has to show again who it is: too long ago, somebody else could sit there now."""

    code = "session.proof_needed"
    status = 403
    title = {"zh": "需要再次验证身份", "en": "Prove again that it is you"}
    detail = {
        "zh": "这是敏感操作：请先用密码、动态验证码或通行密钥再次验证（POST /v1/session/proof），5 分钟内有效。",
        "en": "This is a sensitive act. Prove again that it is you, with password, code or passkey "
        "(POST /v1/session/proof); that holds for 5 minutes.",
    }


class StaffOnly(AppError):
    """A program's key came where a person's own session and settings are."""

    code = "request.staff_only"
    status = 403
    title = {"zh": "仅限后台用户", "en": "For people only"}
    detail = {
        "zh": "这个地址属于登录的后台用户本人，API 密钥不能使用。",
        "en": "This address is about the person who is signed in. An API key cannot use it.",
    }
