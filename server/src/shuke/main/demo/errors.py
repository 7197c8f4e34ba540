"""What changing the demonstration refuses."""

from shuke.platform.errors import AppError


class ShopIsReal(AppError):
    """The shop has something of its own."""

    code = "demo.shop_is_real"
    status = 409
    title = {"zh": "这不是演示商家", "en": "This is no demonstration"}
    detail = {
        "zh": "这个商家已有自己的会员、商品、订单或设置（门店、优惠券等），不能换成演示数据。"
        "要试用演示，请另设一个数据目录再启动程序。",
        "en": "This shop has members, products, orders or settings (stores, coupons …) of its own and cannot be "
        "exchanged for a demonstration. To try one, start the program with another data directory.",
    }


class NotEmbedded(AppError):
    """The shop's database is on a server of its own."""

    code = "demo.not_embedded"
    status = 409
    title = {"zh": "只支持内置数据库", "en": "Only with the embedded database"}
    detail = {
        "zh": "演示数据只能在内置数据库上更换。使用独立数据库时，请新建一个空数据库，再用它启动程序。",
        "en": "Demonstrations can be exchanged on the embedded database only. With a server of your own, make an empty "
        "database and start the program with it.",
    }


class NotFromHere(AppError):
    """The process that was asked does not run everything, so it cannot start again with another shop."""

    code = "demo.not_from_here"
    status = 409
    title = {"zh": "请用命令更换", "en": "Use the command"}
    detail = {
        "zh": "网页服务与后台任务分开运行时，请先停止它们，再运行 shuke demo switch。",
        "en": "Where web server and background work run apart, stop them and run shuke demo switch.",
    }


class SwitchRunning(AppError):
    """Another shop is being prepared already."""

    code = "demo.switch_running"
    status = 409
    title = {"zh": "正在更换", "en": "It is being exchanged already"}
    detail = {
        "zh": "正在准备另一份数据，请等它完成。",
        "en": "Other data are being prepared already. Wait until they are ready.",
    }


class NotConfirmed(AppError):
    """What was typed is not the shop's name."""

    code = "demo.not_confirmed"
    status = 422
    title = {"zh": "请确认", "en": "Please confirm"}
    detail = {
        "zh": "现有的数据会被删除。请准确输入当前商家的名称：{name}",
        "en": "The present data will be deleted. Type the present shop's name exactly: {name}",
    }


class ProgramRuns(AppError):
    """The program runs on the database that would be exchanged."""

    code = "demo.program_runs"
    status = 409
    title = {"zh": "程序正在运行", "en": "The program is running"}
    detail = {
        "zh": "程序正在使用这个数据库，什么都没有改变。请在控制台里更换，或先停止程序。",
        "en": "The program uses this database, and nothing was changed. Exchange it in the console, or stop the "
        "program first.",
    }


class PreparationFailed(AppError):
    """The other shop could not be prepared."""

    code = "demo.preparation_failed"
    status = 503
    title = {"zh": "没有准备好", "en": "It could not be prepared"}
    detail = {
        "zh": "另一份数据没有准备成功，现有的数据没有改变。请查看程序日志，确认磁盘空间后再试一次。",
        "en": "The other data could not be prepared; the present ones are as they were. Look at the program's log, "
        "check the room on the disk, and try again.",
    }
