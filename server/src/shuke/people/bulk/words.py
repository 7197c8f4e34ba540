"""What the audit trail says of acts on many members."""

from shuke.platform.audit import ActionWords, ObjectWords


def _words(*rows: tuple[str, str, str]) -> tuple[ActionWords, ...]:
    return tuple(ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}") for action, zh, en in rows)


WORDS = (
    *_words(
        ("POST /v1/bulk-acts/preview", "预览了批量操作", "previewed an act on many members"),
        ("POST /v1/bulk-acts", "提交了 {object}", "asked for {object}"),
        ("POST /v1/bulk-acts/{bulk_act}/stop", "停止了 {object}", "stopped {object}"),
        ("POST /v1/bulk-acts/{bulk_act}/undo", "撤销了 {object}", "undid {object}"),
        ("bulk.done", "完成了 {object}", "finished {object}"),
        ("bulk.undone", "撤销完成：{object}", "finished undoing {object}"),
    ),
    ObjectWords(kind="bulk-acts", zh="批量操作", en="act on many members"),
)
