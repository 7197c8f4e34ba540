"""What the demonstrations plug into the house."""

from shuke.platform.audit import ActionWords
from shuke.platform.module import Module

from .permissions import PERMISSIONS
from .routes import router

_WORDS = (
    ActionWords(action="POST /v1/demo/switch", zh="{actor} 更换了演示数据", en="{actor} exchanged the demonstration"),
    ActionWords(action="demo.switched", zh="{actor} 准备了这份数据", en="{actor} prepared these data"),
)

MODULE = Module(name="demo", router=router, permissions=PERMISSIONS, contributions=_WORDS)
