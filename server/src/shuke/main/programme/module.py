"""What the programme as a document plugs into the house."""

from shuke.platform.audit import ActionWords, ObjectWords
from shuke.platform.module import Module

from .currencies import CURRENCIES_PART
from .routes import IMPORT, READ, router

MODULE = Module(
    name="programme",
    router=router,
    permissions=(READ, IMPORT),
    contributions=(
        CURRENCIES_PART,
        ObjectWords(kind="programme", zh="会员计划", en="the programme"),
        ActionWords(
            action="POST /v1/programme/diff", zh="{actor} 比较了会员计划文件", en="{actor} compared a programme"
        ),
        ActionWords(action="POST /v1/programme/import", zh="{actor} 导入了会员计划", en="{actor} imported a programme"),
        ActionWords(
            action="programme.imported",
            zh="{actor} 按导入的文件更改了会员计划",
            en="{actor} changed the programme by an imported file",
        ),
    ),
)
