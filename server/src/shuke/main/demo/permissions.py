"""Who may exchange the demonstration: those who look after the system."""

from shuke.platform.module import Permission

DEMO_SWITCH = Permission(code="system.demo", zh="更换演示数据", en="Exchange the demonstration")
PERMISSIONS = (DEMO_SWITCH,)
