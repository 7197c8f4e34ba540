"""Refusals of administering users and roles."""

from shuke.platform.errors import AppError


class StaffUserNotFound(AppError):
    """No staff user with that name."""

    code = "staff.user_not_found"
    status = 404
    title = {"zh": "没有这个账号", "en": "No such user"}
    detail = {"zh": "没有用户名为 {username} 的账号。", "en": "There is no staff user named {username}."}


class UserNotFound(AppError):
    """No staff user with that number."""

    code = "staff.user_unknown"
    status = 404
    title = {"zh": "没有这个账号", "en": "No such user"}
    detail = {"zh": "没有编号为 {user} 的账号。", "en": "There is no staff user {user}."}


class UsernameTaken(AppError):
    """Another staff user has the name or the address."""

    code = "staff.username_taken"
    status = 409
    title = {"zh": "用户名或邮箱已被使用", "en": "Name or address taken"}
    detail = {
        "zh": "已有账号使用这个用户名或邮箱。请换一个。",
        "en": "Another staff user has this user name or e-mail address. Choose another one.",
    }


class PlaceUnknown(AppError):
    """A store, region or employee that does not exist."""

    code = "staff.place_unknown"
    title = {"zh": "门店、区域或导购不存在", "en": "No such store, region or employee"}
    detail = {
        "zh": "选择的门店、区域或导购不存在。请刷新页面后重新选择。",
        "en": "A chosen store, region or employee does not exist. Reload the page and choose again.",
    }


class OwnAccount(AppError):
    """Nobody changes their own rights, or closes their own account."""

    code = "staff.own_account"
    status = 403
    title = {"zh": "不能修改自己的权限", "en": "Not your own account"}
    detail = {
        "zh": "不能修改自己的角色和数据范围，也不能停用自己的账号。请由另一位管理员操作。",
        "en": "Nobody changes their own roles and data scope, or disables their own account. "
        "Ask another administrator.",
    }


class LastAdministrator(AppError):
    """Nobody would be left who can manage staff."""

    code = "staff.last_administrator"
    status = 409
    title = {"zh": "这是最后一位管理员", "en": "The last administrator"}
    detail = {
        "zh": "这样改之后就没有人能管理账号和角色了。请先让另一位同事成为管理员。",
        "en": "Nobody would be left to manage staff and roles. Make somebody else an administrator first.",
    }


class NotYoursToGive(AppError):
    """Somebody would pass on permissions without holding them."""

    code = "staff.not_yours_to_give"
    status = 403
    title = {"zh": "不能授予自己没有的权限", "en": "Not yours to give"}
    detail = {
        "zh": "您自己没有这些权限，不能授予别人：{permissions}。",
        "en": "You do not hold these permissions and cannot give them: {permissions}.",
    }


class DutiesClash(AppError):
    """One person would hold two administrators' duties, which the policy keeps apart."""

    code = "staff.duties_clash"
    status = 409
    title = {"zh": "三员职责不能兼任", "en": "Duties kept apart"}
    detail = {
        "zh": "等保策略下，系统、安全、审计管理员不能由同一人担任，也不能使用“管理员”角色。请分给不同的人。",
        "en": "Under this policy nobody holds two of system, security and audit administration, nor the role "
        "Administrator. Give them to different people.",
    }


class RoleNotFound(AppError):
    """No role with that code."""

    code = "staff.role_not_found"
    status = 404
    title = {"zh": "没有这个角色", "en": "No such role"}
    detail = {"zh": "没有角色 {role}。请刷新页面后重试。", "en": "There is no role {role}. Reload the page."}


class RoleFixed(AppError):
    """Built-in roles stay as they are."""

    code = "staff.role_fixed"
    status = 409
    title = {"zh": "内置角色不能修改", "en": "Built-in role"}
    detail = {
        "zh": "内置角色不能修改或删除。请复制一份，再修改副本。",
        "en": "Built-in roles cannot be changed or deleted. Copy the role and change the copy.",
    }


class RoleInUse(AppError):
    """Somebody holds the role, or newcomers would get it."""

    code = "staff.role_in_use"
    status = 409
    title = {"zh": "角色正在使用", "en": "Role in use"}
    detail = {
        "zh": "还有账号或登录方式使用这个角色。请先给他们换一个角色，再删除。",
        "en": "Staff users, or an identity provider, still use this role. Give them another one first.",
    }


class PermissionUnknown(AppError):
    """A permission that no module declares."""

    code = "staff.permission_unknown"
    title = {"zh": "没有这个权限", "en": "No such permission"}
    detail = {
        "zh": "没有权限 {permission}。请从权限列表中选择。",
        "en": "There is no permission {permission}. Choose from the list of permissions.",
    }
