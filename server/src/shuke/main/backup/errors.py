"""What backups, restoring and drills refuse."""

from shuke.platform.errors import AppError


class BackupRunning(AppError):
    """Another process works in the same backup directory."""

    code = "backup.running"
    status = 409
    title = {"zh": "正在备份", "en": "A backup is running"}
    detail = {
        "zh": "另一个程序正在 {directory} 里做备份。请等它结束后再试。",
        "en": "Another program is making a backup in {directory}. Try again when it has finished.",
    }


class BackupNotFound(AppError):
    """There is no backup of that name, or none at all."""

    code = "backup.not_found"
    status = 404
    title = {"zh": "没有这个备份", "en": "No such backup"}
    detail = {
        "zh": "在 {where} 找不到备份。请用 shuke backups 查看已有的备份，或给出完整路径。",
        "en": "There is no backup at {where}. See what there is with shuke backups, or give the whole path.",
    }


class BackupDamaged(AppError):
    """A backup is not what was written: a file is missing, cut or changed."""

    code = "backup.damaged"
    status = 422
    title = {"zh": "备份已损坏", "en": "Backup damaged"}
    detail = {
        "zh": "备份 {name} 里的 {file} 缺失、不完整或被改动过，没有恢复任何内容。请改用另一份备份。",
        "en": "{file} in the backup {name} is missing, incomplete or changed; nothing was restored. "
        "Use another backup.",
    }


class DatabaseProgramFailed(AppError):
    """pg_dump, psql or another program of PostgreSQL ended with an error."""

    code = "backup.program_failed"
    status = 503
    title = {"zh": "数据库工具出错", "en": "A database program failed"}
    detail = {
        "zh": "{program} 没有成功，什么都没有改变。它说：{said}",
        "en": "{program} did not succeed, and nothing was changed. It said: {said}",
    }


class ServerNewer(AppError):
    """The database server is newer than the programs that come with Shuke."""

    code = "backup.server_newer"
    status = 422
    title = {"zh": "数据库版本过新", "en": "Server too new"}
    detail = {
        "zh": "数据库是 PostgreSQL {server}，而熟客自带的工具是 {program}，不能备份更新的版本。"
        "请升级熟客，或使用数据库自己的备份工具。",
        "en": "The server is PostgreSQL {server}; Shuke brings the tools of {program}, which cannot back up a newer "
        "one. Upgrade Shuke, or use the server's own backup tools.",
    }


class ServerOlder(AppError):
    """The database server is older than the one that the backup was made of."""

    code = "backup.server_older"
    status = 422
    title = {"zh": "数据库版本过旧", "en": "Server too old"}
    detail = {
        "zh": "备份来自 PostgreSQL {backup}，目标是 {server}。请恢复到同一版本或更新的版本。",
        "en": "The backup is of PostgreSQL {backup}, the target is {server}. Restore into the same version "
        "or a newer one.",
    }


class ProgramOlder(AppError):
    """A newer release of Shuke made the backup; this one does not know its tables."""

    code = "backup.program_older"
    status = 422
    title = {"zh": "程序版本过旧", "en": "Program too old"}
    detail = {
        "zh": "备份的数据库结构是 {schema}，这个程序只认识到 {newest}。请先升级熟客。",
        "en": "The backup's schema is {schema}, and this program knows {newest}. Upgrade Shuke first.",
    }


class DatabaseNotEmpty(AppError):
    """The target of a restore holds something already."""

    code = "backup.database_not_empty"
    status = 409
    title = {"zh": "目标数据库不是空的", "en": "The database is not empty"}
    detail = {
        "zh": "数据库 {database} 里已有内容，什么都没有改变。内置数据库请加 --replace 替换；"
        "其他服务器请新建一个空数据库，用 --into 指定它。",
        "en": "The database {database} is not empty, and nothing was changed. Replace an embedded one with --replace; "
        "on another server make an empty database and name it with --into.",
    }


class DatabaseInUse(AppError):
    """Programs are connected to the database that would be replaced."""

    code = "backup.database_in_use"
    status = 409
    title = {"zh": "数据库正在使用", "en": "The database is in use"}
    detail = {
        "zh": "还有程序连接着这个数据库，什么都没有改变。请先停止 shuke run、shuke web 和 shuke worker，再恢复。",
        "en": "Programs are connected to this database, and nothing was changed. Stop shuke run, shuke web and "
        "shuke worker first.",
    }


class RolesMissing(AppError):
    """The rights in the backup belong to roles that the target server does not have, or that it would not use."""

    code = "backup.roles_missing"
    status = 422
    title = {"zh": "数据库角色不一致", "en": "Other roles"}
    detail = {
        "zh": "备份中的表属于角色 {owner}，权限给了角色 {app}。请在目标服务器上建好这两个角色，"
        "并用 {owner} 连接来恢复。",
        "en": "The tables in the backup belong to the role {owner}, and the rights to {app}. Create both roles on the "
        "target server, and restore while connected as {owner}.",
    }


class OwnerNeeded(AppError):
    """Restoring makes tables, and only the owner's address allows that."""

    code = "backup.owner_needed"
    status = 422
    title = {"zh": "需要数据库所有者", "en": "Owner needed"}
    detail = {
        "zh": "恢复会建表，需要表所有者的连接。请设置 SHUKE_DATABASE_OWNER_URL，或用 --into 指定。",
        "en": "Restoring makes tables: set SHUKE_DATABASE_OWNER_URL, or name the owner's address with --into.",
    }


class KeysNeeded(AppError):
    """No keys archive was given or found: what is personal could not be read after the restore."""

    code = "backup.keys_needed"
    status = 422
    title = {"zh": "缺少密钥备份", "en": "Keys archive missing"}
    detail = {
        "zh": "没有找到密钥备份；没有它，姓名、手机号等个人信息将无法读取。请用 --keys 指定最新的密钥备份；"
        "确实没有时，加 --without-keys。",
        "en": "No keys archive was found; without one, names, phones and other personal data cannot be read. Name the "
        "newest keys archive with --keys, or add --without-keys if there is none.",
    }


class KeysDiffer(AppError):
    """Other key files lie where the restored ones would go."""

    code = "backup.keys_differ"
    status = 409
    title = {"zh": "密钥文件不同", "en": "Other key files"}
    detail = {
        "zh": "{directory} 里已有不同的密钥文件，什么都没有改变。加 --replace 会把它们移到旁边，再放入备份中的密钥。",
        "en": "{directory} holds other key files, and nothing was changed. With --replace they are put aside, and the "
        "backup's take their place.",
    }


class OnlyEmbedded(AppError):
    """Restoring to a moment is built for the embedded database alone."""

    code = "backup.only_embedded"
    status = 422
    title = {"zh": "仅支持内置数据库", "en": "Embedded database only"}
    detail = {
        "zh": "按时间点恢复只支持内置数据库。其他服务器请使用它自己的工具，见使用手册的备份一章。",
        "en": "Restoring to a moment works for the embedded database. For other servers use their own tools; "
        "the guide's page on backups names them.",
    }


class LogNotKept(AppError):
    """The embedded server does not keep its log, so a base backup would lead to no later moment."""

    code = "backup.log_not_kept"
    status = 422
    title = {"zh": "没有保存数据库日志", "en": "The log is not kept"}
    detail = {
        "zh": "内置数据库没有在保存预写日志。请设置 SHUKE_BACKUP_WAL=1，停止所有程序后重新启动，再试一次。",
        "en": "The embedded database does not keep its write-ahead log. Set SHUKE_BACKUP_WAL=1, stop every program, "
        "start again, and repeat.",
    }


class MomentNotReached(AppError):
    """The kept log does not lead to the wanted moment."""

    code = "backup.moment_not_reached"
    status = 422
    title = {"zh": "到不了这个时间点", "en": "Moment out of reach"}
    detail = {
        "zh": "保存的日志到不了 {until}，什么都没有改变。请选早一些的时间，但要晚于所用的基础备份（{base}）。",
        "en": "The kept log does not lead to {until}, and nothing was changed. Choose an earlier moment, but one "
        "after the base backup ({base}).",
    }
