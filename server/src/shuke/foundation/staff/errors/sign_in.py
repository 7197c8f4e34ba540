"""Refusals of signing in."""

from shuke.platform.errors import AppError


class NotSignedIn(AppError):
    """The caller has no session, or it has ended."""

    code = "staff.not_signed_in"
    status = 401
    title = {"zh": "未登录", "en": "Not signed in"}
    detail = {"zh": "请先登录；如果刚才已登录，登录已过期。", "en": "Sign in first; an earlier sign-in has ended."}


class SignInFailed(AppError):
    """User name or password are wrong; which of them is not said."""

    code = "staff.sign_in_failed"
    status = 401
    # The attempt stays counted.
    keeps_effects = True
    title = {"zh": "登录失败", "en": "Sign-in failed"}
    detail = {
        "zh": "用户名或密码不正确。请检查后重试；连续 5 次错误将锁定 15 分钟。",
        "en": "The user name or the password is wrong. Check both; after 5 failures in a row you wait 15 minutes.",
    }


class SignInLocked(AppError):
    """Too many wrong passwords for this account from this address."""

    code = "staff.sign_in_locked"
    status = 429
    title = {"zh": "登录已锁定", "en": "Sign-in locked"}
    detail = {
        "zh": "密码错误次数过多，请在 {minutes} 分钟后重试，或请管理员运行 shuke staff reset-password。",
        "en": "Too many wrong passwords. Try again in {minutes} minutes, or have an administrator run "
        "shuke staff reset-password.",
    }


class PasswordTooWeak(AppError):
    """The new password is too short, too long, or the user name."""

    code = "staff.password_too_weak"
    status = 422
    title = {"zh": "密码太弱", "en": "Password too weak"}
    detail = {
        "zh": "新密码需要 12 至 128 个字符，不能包含用户名，也不能与现在的密码相同。",
        "en": "The new password needs 12 to 128 characters, must not contain the user name and must differ from the "
        "present one.",
    }


class SessionNotFound(AppError):
    """No session of the caller's with that id."""

    code = "staff.session_not_found"
    status = 404
    title = {"zh": "没有这个登录", "en": "No such session"}
    detail = {"zh": "没有这个登录，可能已经结束。", "en": "There is no such session of yours; it may have ended."}


class SignInExpired(AppError):
    """A half-open sign-in that is too old, was begun elsewhere, or was tried too often."""

    code = "staff.sign_in_expired"
    status = 401
    keeps_effects = True
    title = {"zh": "登录已超时", "en": "Sign-in timed out"}
    detail = {
        "zh": "这次登录没有在 5 分钟内完成，或验证次数过多。请重新输入用户名和密码。",
        "en": "This sign-in was not finished within 5 minutes, or was tried too often. Start again with user name and "
        "password.",
    }


class SecondFactorFailed(AppError):
    """The code is wrong, too old, or was used before."""

    code = "staff.second_factor_failed"
    status = 401
    # The attempt stays counted.
    keeps_effects = True
    title = {"zh": "验证码不正确", "en": "The code is not right"}
    detail = {
        "zh": "验证码不正确、已过期或已使用过。请等待验证器显示下一个验证码后重试。",
        "en": "The code is wrong, too old, or was used before. Wait for the next code of your app and try again.",
    }


class SecondFactorNeeded(AppError):
    """The shop asks for a second factor of whoever may do much."""

    code = "staff.second_factor_needed"
    status = 403
    title = {"zh": "请先开启两步验证", "en": "Switch two-step sign-in on first"}
    detail = {
        "zh": "您的角色需要两步验证。请先在“我的账号”中绑定验证器或通行密钥。",
        "en": "Your role needs a second factor. Set up an authenticator app or a passkey in your account first.",
    }


class PasswordExpired(AppError):
    """The password is too old, or temporary, and has to be changed before anything else."""

    code = "staff.password_expired"
    status = 403
    title = {"zh": "请先修改密码", "en": "Change your password first"}
    detail = {
        "zh": "密码已到期或是临时密码。请先修改密码，再继续使用。",
        "en": "Your password has run out or is temporary. Change it, then go on.",
    }


class PasswordTooSimple(AppError):
    """The policy of classified protection asks for more kinds of characters."""

    code = "staff.password_too_simple"
    title = {"zh": "密码太简单", "en": "Password too simple"}
    detail = {
        "zh": "新密码需要 8 至 128 个字符，含大写字母、小写字母、数字、符号中的三种，且不能包含用户名。",
        "en": "The new password needs 8 to 128 characters, three of the four kinds upper case, lower case, digit and "
        "mark, and must not contain the user name.",
    }


class PasswordTooCommon(AppError):
    """The password is among the first that anybody tries."""

    code = "staff.password_too_common"
    title = {"zh": "密码太常见", "en": "Password too common"}
    detail = {
        "zh": "这个密码太常见，容易被猜中。请换一个，例如几个互不相关的词。",
        "en": "This password is among the first that anybody tries. Take another one, such as a few unrelated words.",
    }


class PasswordUsedBefore(AppError):
    """The password was in use not long ago."""

    code = "staff.password_used_before"
    title = {"zh": "密码用过", "en": "Password used before"}
    detail = {
        "zh": "不能使用最近 {count} 次用过的密码。请换一个。",
        "en": "Your last {count} passwords cannot be used again. Take another one.",
    }


class TotpNotBegun(AppError):
    """No secret waits to be confirmed."""

    code = "staff.totp_not_begun"
    status = 409
    title = {"zh": "尚未开始绑定", "en": "Nothing to confirm"}
    detail = {
        "zh": "没有等待确认的验证器。请重新开始绑定。",
        "en": "No authenticator waits to be confirmed. Start the set-up again.",
    }


class PasskeyRefused(AppError):
    """A passkey's answer does not hold."""

    code = "staff.passkey_refused"
    status = 401
    keeps_effects = True
    title = {"zh": "通行密钥验证失败", "en": "Passkey refused"}
    detail = {
        "zh": "通行密钥未通过验证。请重试，或改用密码登录。",
        "en": "The passkey could not be verified. Try again, or use your password.",
    }


class PasskeyNotFound(AppError):
    """No passkey of the caller's with that id."""

    code = "staff.passkey_not_found"
    status = 404
    title = {"zh": "没有这个通行密钥", "en": "No such passkey"}
    detail = {
        "zh": "没有这个通行密钥，可能已经删除。",
        "en": "There is no such passkey of yours; it may be gone already.",
    }


class ForeignPage(AppError):
    """A page of another site sent the request with the visitor's cookie."""

    code = "request.foreign_page"
    status = 403
    title = {"zh": "请求来自其他网站", "en": "Sent by another site"}
    detail = {
        "zh": "这个请求来自其他网站的页面，已拒绝。请在本系统的页面中操作。",
        "en": "A page of another site sent this; it was refused. Work on the pages of this console.",
    }
