"""What people's own arrangements plug into the house."""

from shuke.platform.audit import ActionWords
from shuke.platform.module import Module

from .routes import router

_WORDS = (
    ActionWords(
        action="PUT /v1/session/settings/{key}", zh="{actor} 调整了自己的界面", en="{actor} arranged their own screens"
    ),
    ActionWords(
        action="DELETE /v1/session/settings/{key}",
        zh="{actor} 还原了自己的界面",
        en="{actor} put their own screens back",
    ),
)

MODULE = Module(name="workspace", router=router, contributions=_WORDS)
