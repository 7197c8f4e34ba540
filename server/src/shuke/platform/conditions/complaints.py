"""What can be wrong with a condition, said for each place and in both languages."""

from collections.abc import Iterable

from shuke.platform.errors import FieldError
from shuke.platform.i18n import Language, LocalName

SHAPE = LocalName("请填写一组条件：combinator 与 rules。", "Give a group: a combinator and rules.")
COMBINATOR = LocalName("combinator 只能是 and 或 or。", "The combinator is and or or.")
NOT = LocalName("not 只能是 true 或 false。", "not is true or false.")
EMPTY = LocalName("一组条件至少要有一条。", "A group needs at least one rule.")
DEPTH = LocalName("条件最多嵌套 {most} 层。", "Groups lie at most {most} deep in one another.")
COUNT = LocalName("条件最多 {most} 条。", "At most {most} rules.")
UNKNOWN_PART = LocalName("不认识的内容：{names}。", "Not known here: {names}.")
UNKNOWN_FACT = LocalName(
    "没有这个条件项。请从条件项列表中选择。", "There is no such fact. Choose one of the list of facts."
)
OUT_OF_SCOPE = LocalName(
    "“{fact}”不能用在这里。请改用其他条件项。", "“{fact}” cannot be asked about here. Use another fact."
)
OPERATOR = LocalName("“{fact}”可用的比较方式：{allowed}。", "“{fact}” can be compared with: {allowed}.")
NO_VALUE = LocalName("这种比较方式不需要填写值。", "This comparison takes no value.")
ONE_TEXT = LocalName("请填写 1 到 {most} 个字。", "Give a text of 1 to {most} characters.")
CLEAN_TEXT = LocalName(
    "文字中有不能保存的字符，请删除后重试。", "The text has characters that cannot be stored. Take them out."
)
INTEGER = LocalName("请填写整数。", "Give a whole number.")
DECIMAL = LocalName("请填写数字，最多 {places} 位小数。", "Give a number with at most {places} decimal places.")
MONEY = LocalName("请填写金额，以最小货币单位的整数表示。", "Give an amount as an integer of the minor unit.")
DATE = LocalName("请填写日期，格式为 YYYY-MM-DD。", "Give a day as YYYY-MM-DD.")
BOOLEAN = LocalName("请填写 true 或 false。", "Give true or false.")
CHOICE = LocalName("请从这些值中选择：{allowed}。", "Choose one of: {allowed}.")
PAIR = LocalName("请填写两个值：从、到。", "Give two values: from and to.")
LIST = LocalName("请填写 1 到 {most} 个值。", "Give a list of 1 to {most} values.")
DAYS = LocalName("请填写 1 到 {most} 天。", "Give 1 to {most} days.")
ARGUMENT = LocalName("请填写“{name}”。", "Say “{name}”.")
ARGUMENT_RANGE = LocalName("“{name}”必须在 {low} 到 {high} 之间。", "“{name}” is from {low} to {high}.")
ARGUMENTS = LocalName("arguments 应为名称与值的对应。", "arguments are names with values.")
NO_ARGUMENTS = LocalName("“{fact}”没有这样的参数：{names}。", "“{fact}” is not told: {names}.")
NEVER = LocalName("这个条件永远不会成立，请修改。", "This can never hold. Change it.")
NEVER_TOGETHER = LocalName(
    "这一组条件互相矛盾，永远不会成立，请修改。",
    "These rules contradict one another, so that they can never hold. Change them.",
)

_MOST = 20


class Complaints:
    """What was found wrong so far; the first few are told."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.fields: list[FieldError] = []

    def add(self, pointer: str, text: LocalName, **values: object) -> None:
        """One more."""
        if len(self.fields) < _MOST:
            self.fields.append(FieldError(pointer, text.pick(self.language).format_map(values)))

    def listed(self, words: Iterable[LocalName | str], most: int = 30) -> str:
        """Words in a row, as a sentence has them."""
        said = [word if isinstance(word, str) else word.pick(self.language) for word in words]
        shown = said[:most] + (["…"] if len(said) > most else [])
        return ("、" if self.language == "zh" else ", ").join(shown)
