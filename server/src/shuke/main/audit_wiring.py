"""How the audit trail meets the modules above it: who a member is, and what actions and objects are called.

A module that has words of its own contributes them itself (`platform.audit.ActionWords`); here stands what was said
for routes whose modules say nothing.
"""

from collections.abc import Mapping, Sequence

from shuke.foundation import audit
from shuke.people import members
from shuke.people.members.queries.differences import open_difference
from shuke.platform.actor import Sight
from shuke.platform.audit import ActionWords, FieldWords, ObjectWords
from shuke.platform.db import Session
from shuke.platform.module import Module


async def _find_member(session: Session, reference: str, sight: Sight) -> int | None:
    found = await members.get_ids(session, [reference], sight)
    return found.get(reference)


async def _member_names(session: Session, ids: Sequence[int], sight: Sight) -> Mapping[int, str]:
    """Member numbers: a name in the trail would outlive the member."""
    return {member_id: name.number for member_id, name in (await members.names(session, ids, sight)).items()}


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


_ACTIONS = _words(
    ("POST /v1/session", "登录", "signed in"),
    ("staff.signed_in", "登录了", "signed in"),
    ("staff.password_reset", "重置了 {object} 的密码", "reset the password of {object}"),
    ("staff.user_added", "新增了 {object}", "added {object}"),
    ("PATCH /v1/session", "修改了自己的界面语言", "chose another language"),
    ("DELETE /v1/session", "退出了登录", "signed out"),
    ("POST /v1/session/password", "修改了自己的密码", "changed the own password"),
    ("POST /v1/session/proof", "再次验证了身份", "proved the own identity again"),
    ("DELETE /v1/sign-ins/{session_id}", "结束了一个登录会话", "ended a session"),
    ("POST /v1/members", "登记了一位会员 {object}", "signed up a member: {object}"),
    ("PATCH /v1/members/{member}", "修改了 {object}{fields}", "changed {object}{fields}"),
    ("POST /v1/members/{member}/unmask", "要求查看 {object} 的完整信息{fields}", "asked for {object} in clear{fields}"),
    ("members.unmask", "查看了 {object} 的完整信息{fields}", "saw {object} in clear{fields}"),
    ("POST /v1/merges/preview", "预览了会员合并", "previewed a merge"),
    ("POST /v1/merges", "合并了两位会员", "merged two members"),
    ("POST /v1/merges/{merge}/undo", "撤销了一次会员合并 {object}", "undid a merge: {object}"),
    ("POST /v1/ledger/credits", "发放了积分", "credited points"),
    ("POST /v1/ledger/debits", "使用了积分", "debited points"),
    ("POST /v1/ledger/holds", "冻结了积分", "held points"),
    ("POST /v1/ledger/captures", "使用了冻结的积分", "captured held points"),
    ("POST /v1/ledger/releases", "解除了积分冻结", "released held points"),
    ("POST /v1/ledger/maturities", "让待到账积分到账", "matured pending points"),
    ("POST /v1/ledger/cancellations", "取消了待到账积分", "cancelled pending points"),
    ("POST /v1/ledger/activities", "记录了账户活动", "noted an activity of an account"),
    ("POST /v1/ledger/reversals", "冲正了一笔积分操作", "reversed an operation"),
    ("POST /v1/ledger/transfers", "转赠了积分", "transferred points"),
    ("POST /v1/ledger/merges", "合并了积分账户", "merged accounts"),
    ("POST /v1/ledger/merge-undos", "撤销了积分账户合并", "undid a merge of accounts"),
    ("POST /v1/ledger/batches", "批量操作了积分", "worked on points in a batch"),
    ("POST /v1/ledger/adjustments", "提交了人工调整", "asked for an adjustment by hand"),
    ("POST /v1/ledger/adjustments/{adjustment}/approve", "批准了人工调整 {object}", "approved an adjustment: {object}"),
    ("POST /v1/ledger/adjustments/{adjustment}/reject", "驳回了人工调整 {object}", "rejected an adjustment: {object}"),
    ("POST /v1/ledger/currencies", "新增了账户种类", "added a currency"),
    ("PUT /v1/ledger/currencies/{currency}", "修改了账户种类 {object}{fields}", "changed a currency: {object}{fields}"),
    ("POST /v1/ledger/verifications", "要求校验积分账本", "had the ledger verified"),
    ("POST /v1/orders", "登记了一张订单", "reported an order"),
    ("POST /v1/orders/batch", "批量登记了订单", "reported orders in a batch"),
    ("POST /v1/checkout/commit", "登记了一张已付款的订单", "reported an order that was paid"),
    ("POST /v1/checkout/quote", "为购物车试算了价格", "asked what a cart costs"),
    ("POST /v1/checkout/hold", "为购物车预留了积分", "set a cart aside"),
    ("POST /v1/checkout/cancel", "取消了预留的购物车", "gave up a cart that was set aside"),
    ("POST /v1/checkout/refund/preview", "预览了一笔退款", "looked at what a refund would do"),
    ("POST /v1/checkout/refund", "登记了一笔退款", "refunded an order"),
    ("PUT /v1/checkout/policies", "修改了收银与退款规则{fields}", "changed how points pay and what refunds do{fields}"),
    ("POST /v1/unmatched-returns/{return_id}/match", "为 {object} 指定了原订单", "said of which order {object} was"),
    ("POST /v1/unmatched-returns/{return_id}/dismissal", "忽略了 {object}", "left {object} without an order"),
    ("DELETE /v1/unmatched-returns/{return_id}/dismissal", "恢复了 {object}", "let {object} wait again"),
    ("POST /v1/activities", "登记了一次活动", "reported an activity"),
    ("POST /v1/activities/batch", "批量登记了活动", "reported activities in a batch"),
    ("POST /v1/activities/{activity}/cancel", "撤销了 {object}", "cancelled {object}"),
    ("POST /v1/products/batch", "批量保存了商品", "saved products in a batch"),
    ("POST /v1/products/file", "用文件保存了商品", "saved products from a file"),
    ("POST /v1/benefits", "新增了 {object}", "added {object}"),
    ("PUT /v1/benefits/{benefit}", "修改了 {object}{fields}", "changed {object}{fields}"),
    ("DELETE /v1/benefits/{benefit}", "删除了 {object}", "removed {object}"),
    ("POST /v1/members/{member}/benefits", "给 {object} 发放了权益", "granted {object} a benefit"),
    (
        "POST /v1/members/{member}/benefits/{entitlement}/use",
        "为 {object} 兑现了权益",
        "handed over a benefit of {object}",
    ),
    (
        "POST /v1/members/{member}/benefits/{entitlement}/revoke",
        "收回了 {object} 的权益",
        "took back a benefit of {object}",
    ),
    ("PUT /v1/import-mappings/{code}", "保存了 {object}", "saved {object}"),
    ("DELETE /v1/import-mappings/{code}", "删除了 {object}", "removed {object}"),
    ("POST /v1/import-samples", "预览了待导入的文件", "looked at files before importing them"),
    ("POST /v1/conditions/check", "检查了一个条件", "checked a condition"),
    ("POST /v1/imports", "上传了导入文件", "uploaded a file to import"),
    ("POST /v1/backups", "开始了备份", "started a backup"),
    ("POST /v1/backups/drills", "开始了恢复演练", "started a drill"),
)

# What is recorded beside the line of its request, or with no request at all.
_RECORDED = _words(
    ("checkout.policies_changed", "修改了收银与退款规则", "changed how points pay and what refunds do"),
    ("exports.made", "做好了 {object}", "made {object}"),
    ("exports.fetched", "下载了 {object}", "downloaded {object}"),
    ("staff.holdings_changed", "修改了 {object} 的角色或权限", "changed what {object} may do"),
    ("approvals.asked", "提交了一项待审批的操作", "asked for an approval"),
    ("requests.copy_downloaded", "下载了 {object} 的资料副本", "downloaded the copy of {object}"),
    ("members.erased", "抹除了 {object} 的个人信息", "erased the personal data of {object}"),
    ("member_imports.done", "完成了 {object}", "finished {object}"),
    ("member_imports.undone", "撤回了 {object}", "took back {object}"),
    ("members.attributed", "调整了一批会员的归属", "changed who looks after several members"),
    ("members.transferred", "移交了一批会员", "handed members over"),
    ("members.transfer_undone", "撤销了会员移交", "undid a hand-over of members"),
    ("members.identity_verified", "验证了 {object} 的身份标识", "verified an identity of {object}"),
    ("members.identity_removed", "移除了 {object} 的身份标识", "removed an identity of {object}"),
    ("members.merged", "把另一位会员并入了 {object}", "merged another member into {object}"),
    ("members.parted", "撤销了 {object} 的合并", "undid a merge of {object}"),
    ("members.inviter_set", "设置了 {object} 的邀请人", "said who invited {object}"),
    ("duplicates.dismissed", "认定 {object} 不是同一个人", "said that {object} is two people"),
    ("duplicates.configured", "修改了自动合并的设置", "changed how duplicates are merged"),
)

_OBJECTS = tuple(
    ObjectWords(kind=kind, zh=zh, en=en)
    for kind, zh, en in (
        ("members", "会员", "member"),
        ("merges", "会员合并", "merge"),
        ("ledger", "积分账本", "ledger"),
        ("orders", "订单", "order"),
        ("imports", "导入", "import"),
        ("import-mappings", "导入格式", "import format"),
        ("unmatched-returns", "无单退货", "unmatched return"),
        ("activities", "活动", "activity"),
        ("benefits", "权益", "benefit"),
        ("checkout", "收银", "checkout"),
        ("exports", "导出", "export"),
        ("member-imports", "会员导入", "import of members"),
        ("member-transfers", "会员移交", "hand-over of members"),
        ("approval", "审批", "approval"),
        ("checkout_policies", "收银与退款规则", "rules of checkout and refunds"),
        ("backups", "备份", "backup"),
        ("session", "登录", "sign-in"),
        ("sign-ins", "登录会话", "session"),
        ("staff", "后台用户", "staff user"),
        ("staff_user", "后台用户", "staff user"),
        ("staff-users", "后台用户", "staff user"),
        ("roles", "角色", "role"),
        ("stores", "门店", "store"),
        ("regions", "区域", "region"),
        ("employees", "导购", "employee"),
        ("shop", "店铺设置", "shop settings"),
        ("custom-fields", "自定义字段", "custom field"),
        ("consents", "同意", "consent"),
        ("purposes", "用途", "purpose"),
        ("notices", "隐私告知", "privacy notice"),
        ("requests", "权利请求", "request"),
        ("duplicates", "疑似重复", "possible duplicate"),
        ("tiers", "等级", "tier"),
        ("products", "商品", "product"),
        ("settings", "设置", "settings"),
        ("metrics", "运行指标", "metrics"),
    )
)

_FIELDS = tuple(
    FieldWords(field=field, zh=zh, en=en)
    for field, zh, en in (
        ("name", "姓名", "name"),
        ("gender", "性别", "gender"),
        ("birthday", "生日", "birthday"),
        ("phone", "手机号", "phone"),
        ("email", "邮箱", "e-mail"),
        ("address", "地址", "address"),
        ("identities", "身份", "identities"),
        ("note", "备注", "note"),
        ("language", "语言", "language"),
        ("status", "状态", "status"),
        ("store", "门店", "store"),
        ("employee", "导购", "employee"),
        ("roles", "角色", "roles"),
        ("permissions", "权限", "permissions"),
        ("retention_days", "保留天数", "days kept"),
    )
)

MODULE = Module(
    name="audit_wiring",
    contributions=(
        audit.MemberLookUp(find=_find_member, open_difference=open_difference),
        audit.ObjectNames(kind="members", names=_member_names),
        *_ACTIONS,
        *_RECORDED,
        *_OBJECTS,
        *_FIELDS,
    ),
)
