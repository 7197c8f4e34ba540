"""What people may do with backups."""

from shuke.platform.module import Permission

BACKUPS_READ = Permission(code="backups.read", zh="查看备份", en="See backups")
BACKUPS_RUN = Permission(code="backups.run", zh="执行备份与演练", en="Make backups and hold drills")
