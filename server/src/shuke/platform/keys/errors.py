"""What is wrong with the keys; each says what to do."""

from shuke.platform.errors import AppError


class KeysNotOpened(AppError):
    """Something wants to seal or open before the start has opened the keys."""

    code = "keys.not_opened"
    status = 503
    title = {"zh": "密钥未打开", "en": "Keys not opened"}
    detail = {
        "zh": "程序还没有打开加密密钥。请通过 shuke 命令启动程序。",
        "en": "The encryption keys have not been opened. Start the program with the shuke command.",
    }


class KeysMissing(AppError):
    """The database holds sealed data, but the key file that opens it is not there."""

    code = "keys.missing"
    status = 503
    title = {"zh": "密钥文件缺失", "en": "Key file missing"}
    detail = {
        "zh": "数据库里有用 {name} 加密或签名的数据，但 {directory} 里没有这个文件。"
        "请从备份恢复它；程序不会自动新建，以免原有数据永远无法解密。",
        "en": "The database holds data sealed or signed with {name}, but {directory} has no such file. "
        "Restore it from your backup; a new one is never made by itself, because the data could never be opened again.",
    }


class KeysExchanged(AppError):
    """A key file is there, but it is not the one that the database was sealed with."""

    code = "keys.exchanged"
    status = 503
    title = {"zh": "密钥文件不匹配", "en": "Wrong key file"}
    detail = {
        "zh": "{directory} 里的 {name} 不是这个数据库使用的密钥。请换回属于这个数据库的密钥文件。",
        "en": "{name} in {directory} is not the key that this database uses. Put the right key file back.",
    }


class KeysExposed(AppError):
    """Others on the machine could read the keys."""

    code = "keys.exposed"
    status = 503
    title = {"zh": "密钥权限过宽", "en": "Keys readable by others"}
    detail = {
        "zh": "{path} 可被其他用户访问。请运行：chmod {mode} {path}，然后重新启动。",
        "en": "Other users can access {path}. Run: chmod {mode} {path}, then start again.",
    }


class KeysUnreadable(AppError):
    """A key file is damaged or cannot be read or written."""

    code = "keys.unreadable"
    status = 503
    title = {"zh": "密钥文件无法使用", "en": "Key file unusable"}
    detail = {
        "zh": "无法使用密钥文件 {path}。请检查权限，或从备份恢复它。",
        "en": "The key file {path} cannot be used. Check its rights, or restore it from your backup.",
    }


class KeyStillNeeded(AppError):
    """A key cannot be retired while something needs it."""

    code = "keys.still_needed"
    status = 409
    title = {"zh": "密钥仍在使用", "en": "Key still needed"}
    detail = {
        "zh": "{name} 还不能停用：还有 {rows} 项数据需要它，或它就是当前使用的密钥。请先完成轮换，再试一次。",
        "en": "{name} cannot be retired: {rows} things still need it, or it is the key in use. Finish the rotation "
        "first, then try again.",
    }


class KeyNotFound(AppError):
    """No key has this name."""

    code = "keys.not_found"
    status = 404
    title = {"zh": "没有这个密钥", "en": "No such key"}
    detail = {
        "zh": "没有名为 {name} 的密钥。用 shuke keys list 查看现有密钥。",
        "en": "There is no key called {name}. See the keys with: shuke keys list",
    }


class RotationRunning(AppError):
    """Only one process rotates keys at a time."""

    code = "keys.rotation_running"
    status = 409
    title = {"zh": "密钥轮换进行中", "en": "Rotation in progress"}
    detail = {
        "zh": "另一个进程正在轮换密钥。请等它完成；用 shuke keys list 查看进度。",
        "en": "Another process is rotating keys. Wait for it; see how far it is with: shuke keys list",
    }


class ServiceUnreachable(AppError):
    """The key management service does not answer, or not as it should."""

    code = "keys.service_unreachable"
    status = 503
    title = {"zh": "密钥管理服务不可用", "en": "Key service unreachable"}
    detail = {
        "zh": "密钥管理服务没有按约定应答（{reason}）。请检查服务、网络和证书，然后重试。",
        "en": "The key management service did not answer as agreed ({reason}). Check the service, the network and its "
        "certificate, then try again.",
    }
    headers = {"Retry-After": "5"}
