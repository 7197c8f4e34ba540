"""What earning plugs into the house."""

from shuke.loyalty.ledger import RuleNames
from shuke.platform.audit import ActionWords, ObjectWords
from shuke.platform.module import Module

from .limits import PART, PERSONAL_DATA, WORKED_OUT
from .permissions import PERMISSIONS
from .programme import RULES_PART
from .queries import rule_names
from .routes import router


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


MODULE = Module(
    name="earning",
    router=router,
    permissions=PERMISSIONS,
    contributions=(
        RuleNames(load=rule_names),
        RULES_PART,
        PART,
        PERSONAL_DATA,
        WORKED_OUT,
        ObjectWords(kind="earning-rules", zh="积分规则", en="the earning rule"),
        *_words(
            ("POST /v1/earning-rules", "新建了 {object}", "made {object}"),
            ("PUT /v1/earning-rules/{code}", "修改了 {object} 的名称", "renamed {object}"),
            ("DELETE /v1/earning-rules/{code}", "删除了 {object}", "removed {object}"),
            ("PUT /v1/earning-rules/{code}/draft", "保存了 {object} 的草稿", "saved a draft of {object}"),
            ("DELETE /v1/earning-rules/{code}/draft", "丢弃了 {object} 的草稿", "threw away the draft of {object}"),
            ("POST /v1/earning-rules/{code}/publish", "发布了 {object}", "published {object}"),
            ("POST /v1/earning-rules/{code}/retire", "停用了 {object}", "retired {object}"),
            ("POST /v1/earning-rules/{code}/copies", "复制出 {object}", "copied {object}"),
            ("POST /v1/earning-rules/check", "检查了一条积分规则", "checked an earning rule"),
            ("POST /v1/earning-rules/test", "试算了积分规则", "tried earning rules"),
        ),
    ),
)
