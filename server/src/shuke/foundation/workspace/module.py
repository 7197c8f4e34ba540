"""What people's own arrangements plug into the house."""

from shuke.platform.audit import ActionWords, ObjectWords
from shuke.platform.module import Module

from .permissions import PERMISSIONS
from .routes import router

_WORDS = (
    ObjectWords(kind="views", zh="列表视图", en="the list view"),
    ActionWords(
        action="PUT /v1/session/settings/{key}", zh="{actor} 调整了自己的界面", en="{actor} arranged their own screens"
    ),
    ActionWords(
        action="DELETE /v1/session/settings/{key}",
        zh="{actor} 还原了自己的界面",
        en="{actor} put their own screens back",
    ),
    ActionWords(action="POST /v1/views", zh="{actor} 保存了{object}", en="{actor} saved {object}"),
    ActionWords(
        action="PATCH /v1/views/{view_id}",
        zh="{actor} 修改了{object}",
        en="{actor} changed {object}",
    ),
    ActionWords(
        action="DELETE /v1/views/{view_id}",
        zh="{actor} 删除了{object}",
        en="{actor} deleted {object}",
    ),
    ActionWords(
        action="POST /v1/views/{view_id}/take-over",
        zh="{actor} 接管了{object}",
        en="{actor} took over {object}",
    ),
    ActionWords(
        action="PUT /v1/views/arrangement",
        zh="{actor} 整理了自己的列表视图",
        en="{actor} arranged their own list views",
    ),
)

MODULE = Module(name="workspace", router=router, permissions=PERMISSIONS, contributions=_WORDS)
