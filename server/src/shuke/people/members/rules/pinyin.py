"""Pinyin of names: surnames have readings of their own (单 is Shan, 曾 is Zeng, 尉迟 is Yuchi)."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames that are read differently from the character's usual reading; the first reading is the usual one.
_SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "曾": ("zeng",), "解": ("xie",), "仇": ("qiu",), "查": ("zha",), "朴": ("piao",),
    "区": ("ou",), "盖": ("ge", "gai"), "缪": ("miao",), "乐": ("yue", "le"), "任": ("ren",), "华": ("hua",),
    "覃": ("qin", "tan"), "冼": ("xian",), "洗": ("xian",), "翟": ("zhai", "di"), "折": ("she",),
    "黑": ("he",), "秘": ("bi",), "繁": ("po",), "员": ("yun",), "召": ("shao",), "宓": ("mi", "fu"),
    "纪": ("ji",), "尉": ("wei",), "隗": ("wei", "kui"), "逄": ("pang",), "么": ("yao",), "能": ("nai",),
    "粘": ("nian",), "郗": ("xi", "chi"), "郇": ("xun", "huan"), "瞿": ("qu",), "石": ("shi",),
    "柏": ("bai", "bo"), "薄": ("bo",), "贾": ("jia",), "卜": ("bu",), "葛": ("ge",), "应": ("ying",),
    "车": ("che",), "重": ("chong",), "种": ("chong",), "沈": ("shen",), "俞": ("yu",), "万": ("wan",),
    "牟": ("mou", "mu"), "尹": ("yin",), "祭": ("zhai",), "晁": ("chao",), "句": ("gou",), "阚": ("kan",),
    "谌": ("chen", "shen"), "那": ("na",), "佴": ("nai",), "哈": ("ha",), "长": ("chang",), "教": ("jiao",),
    "相": ("xiang",), "宿": ("su",), "都": ("du",), "曲": ("qu",), "盛": ("sheng",), "于": ("yu",),
    "乜": ("nie",), "厍": ("she",), "撒": ("sa",),
}  # fmt: skip

_DOUBLE_SURNAMES: dict[str, tuple[str, str]] = {
    "欧阳": ("ou", "yang"), "上官": ("shang", "guan"), "司马": ("si", "ma"), "诸葛": ("zhu", "ge"),
    "司徒": ("si", "tu"), "东方": ("dong", "fang"), "独孤": ("du", "gu"), "南宫": ("nan", "gong"),
    "夏侯": ("xia", "hou"), "皇甫": ("huang", "fu"), "尉迟": ("yu", "chi"), "公孙": ("gong", "sun"),
    "慕容": ("mu", "rong"), "令狐": ("ling", "hu"), "宇文": ("yu", "wen"), "长孙": ("zhang", "sun"),
    "端木": ("duan", "mu"), "百里": ("bai", "li"), "轩辕": ("xuan", "yuan"), "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"), "闻人": ("wen", "ren"), "申屠": ("shen", "tu"), "公冶": ("gong", "ye"),
    "宗政": ("zong", "zheng"), "濮阳": ("pu", "yang"), "淳于": ("chun", "yu"), "单于": ("chan", "yu"),
    "鲜于": ("xian", "yu"), "闾丘": ("lv", "qiu"), "钟离": ("zhong", "li"), "呼延": ("hu", "yan"),
    "东郭": ("dong", "guo"), "西门": ("xi", "men"), "拓跋": ("tuo", "ba"), "太史": ("tai", "shi"),
}  # fmt: skip


def surname_length(name: str) -> int:
    """How many characters of a Chinese name are the surname."""
    return 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1


def readings(name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The readings of a Chinese name as (surname syllables, given-name syllables), the usual reading first."""
    length = surname_length(name)
    surname, given = name[:length], name[length:]
    given_syllables = tuple(syllable(character) for character in given)
    if length == 2:
        return [(_DOUBLE_SURNAMES[surname], given_syllables)]
    surnames = _SURNAMES.get(surname) or (syllable(surname),)
    return [((reading,), given_syllables) for reading in surnames]


@lru_cache(maxsize=8_192)
def syllable(character: str) -> str:
    """The usual pinyin of one character, without tone; ü is written v."""
    return lazy_pinyin(character, style=Style.NORMAL)[0]
