"""What people may see and do of the running program."""

from shuke.platform.module import Permission

SYSTEM_READ = Permission(code="system.read", zh="查看系统状态与后台任务", en="See system health and background work")
SYSTEM_OPERATE = Permission(
    code="system.operate", zh="重试、放弃、立即执行后台任务", en="Retry, discard and start background work"
)
