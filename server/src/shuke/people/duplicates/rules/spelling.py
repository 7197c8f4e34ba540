"""One spelling for what people write differently: names, sounds of names, mailboxes, addresses. Pure."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Characters of names and addresses that are written in two ways: traditional, then simplified.
TWO_WAYS = (
    "張张陳陈劉刘楊杨趙赵黃黄吳吴孫孙馬马羅罗鄭郑謝谢許许鄧邓馮冯韓韩蕭肖萧肖葉叶蘇苏呂吕蔣蒋賈贾韋韦鄒邹閻阎鍾钟鐘钟盧卢譚谭"
    "陸陆範范賀贺龍龙萬万錢钱湯汤嚴严賴赖顧顾龔龚溫温莊庄齊齐樂乐歐欧聶聂魯鲁蘭兰畢毕紀纪單单駱骆淩凌勞劳慶庆傑杰偉伟強强華华"
    "國国軍军東东麗丽靜静豔艳艷艳紅红鳳凤蓮莲瑩莹穎颖嬌娇婭娅嫻娴鵬鹏飛飞濤涛輝辉煇辉剛刚凱凯賢贤銘铭鋒锋鋼钢鐵铁銀银錦锦"
    "鎮镇曉晓夢梦寧宁愛爱潔洁純纯詩诗語语詠咏誠诚謙谦讓让贊赞寶宝貝贝貴贵賓宾財财學学書书畫画義义禮礼榮荣業业興兴豐丰廣广應应"
    "彥彦後后復复從从憶忆懷怀雲云電电霧雾靈灵陽阳陰阴隊队際际隨随險险階阶順顺頌颂預预領领顏颜願愿風风樹树機机橋桥楓枫棟栋櫻樱"
    "權权歡欢氣气潤润澤泽濱滨瀾澜灝灏爾尔瓊琼瑋玮瑤瑶璽玺環环產产當当盡尽監监盤盘礦矿祿禄禎祯種种積积穩稳競竞筆笔節节築筑簡简"
    "紹绍維维經经綠绿緒绪緣缘縣县總总織织繼继續续聖圣聞闻聯联聰聪聲声職职臺台舉举萊莱蔭荫薔蔷藝艺藍蓝蘊蕴虛虚號号衛卫裡里裏里"
    "見见觀观計计訓训設设話话該该詳详請请諸诸諾诺議议讀读變变豈岂資资賞赏質质車车軒轩輕轻載载輪轮轉转辦办農农運运過过達达遠远"
    "適适選选還还邊边郵邮鄉乡醫医鈞钧鈺钰鋭锐銳锐錄录鍵键長长門门開开間间關关閱阅闊阔陝陕雙双難难雞鸡離离頁页頻频題题類类驚惊"
    "驗验體体髮发發发魚鱼鮮鲜鳴鸣鴻鸿鶴鹤麥麦點点齡龄會会個个們们來来係系俠侠倫伦側侧備备億亿優优兩两冊册劍剑劃划動动務务勝胜"
    "勵励區区協协參参叢丛員员圓圆圖图團团園园場场塊块壽寿壯壮奧奥婦妇實实審审寫写寬宽將将專专對对導导層层島岛嶺岭嶽岳巖岩師师"
    "帥帅帶带幣币幫帮庫库廈厦廠厂廟庙廳厅彈弹徑径徵征慮虑憲宪懇恳戰战戶户撥拨擇择擔担據据數数斷断時时晉晋暉晖晝昼曆历術术條条"
    "極极構构樓楼樣样漢汉滿满漲涨漸渐潛潜灣湾煒炜煥焕熱热燈灯燁烨燦灿營营牆墙獎奖獨独獻献現现瑪玛疊叠瘋疯皚皑盞盏眾众礫砾稱称"
    "穀谷窮穷竇窦筍笋糧粮約约級级納纳細细終终組组絲丝綱纲網网綺绮綿绵緋绯線线編编緯纬練练縱纵績绩繡绣羣群習习翹翘腦脑膚肤舊旧"
    "莖茎葦苇藥药蘆芦處处虧亏蝦虾補补製制複复褲裤規规視视親亲覺觉記记討讨訪访評评試试誌志認认誼谊調调諒谅論论諭谕謀谋謹谨證证"
    "識识譯译護护貞贞負负貢贡貨货貫贯責责費费貿贸賜赐賦赋購购贈赠趨趋跡迹踐践軟软輔辅輸输轎轿迴回進进連连週周遊游違违遙遥遞递"
    "遷迁邁迈鄰邻鑽钻閃闪閣阁闖闯陣阵隱隐雋隽靚靓韻韵響响頂顶須须額额顯显飄飘飯饭飲饮餘余館馆駕驾駿骏騰腾騎骑驕骄鬆松鬍胡鬥斗"
    "鯤鲲鯨鲸鵑鹃鶯莺鷹鹰黨党齒齿"
)
_SIMPLE = str.maketrans(TWO_WAYS[::2], TWO_WAYS[1::2])
_TITLES = re.compile(r"(先生|女士|小姐|太太)$")
_WORD = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_NO_LETTERS = re.compile(r"[\W_]+")


def is_han(text: str) -> bool:
    """Whether a text is Chinese characters alone."""
    return _HAN.fullmatch(text) is not None


def words_of(name: str) -> list[str]:
    """The words of a name, in one width and case, without marks, titles and what is no letter."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).lower())
    bare = unicodedata.normalize("NFC", "".join(mark for mark in plain if not unicodedata.combining(mark)))
    return _WORD.findall(_TITLES.sub("", bare.strip()))


def name(text: str) -> str:
    """A name as it is compared letter by letter: its words without blanks."""
    return "".join(words_of(text))


def simple(text: str) -> str:
    """The same in simplified characters."""
    return text.translate(_SIMPLE)


def same_words(text: str) -> str:
    """A name whatever the order of its words, in simplified characters."""
    return " ".join(sorted(words_of(simple(text))))


def sound(text: str) -> str:
    """How a name is read, in Latin letters: a name in pinyin sounds like the same name in characters."""
    return "".join(_syllable(letter) for letter in simple(name(text))).replace("v", "u")


def letters(text: str) -> str:
    """The letters of a name's sound in alphabetical order: surname first or last, with blanks or without."""
    return "".join(sorted(sound(text)))


def mailbox(email: str) -> tuple[str, str]:
    """Whose mailbox an address means: the part before the @ without dots and what follows a plus, and the house."""
    local, _, house = email.lower().partition("@")
    house = "gmail.com" if house == "googlemail.com" else house
    return local.partition("+")[0].replace(".", "") or local, house


def address(text: str) -> str:
    """An address without blanks and punctuation, in simplified characters."""
    return simple(_NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower()))


def is_one_off(one: str, other: str) -> bool:
    """Whether one slip of a finger makes one text the other: a character changed, added, left out, or two exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    rest, other_rest = one[start:], other[start:]
    if len(one) == len(other):
        is_exchange = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:] and len(rest) > 1
        return rest[1:] == other_rest[1:] or is_exchange
    return rest[1:] == other_rest or rest == other_rest[1:]


@lru_cache(maxsize=16_384)
def _syllable(letter: str) -> str:
    if letter.isascii():
        return letter
    return str(lazy_pinyin(letter, style=Style.NORMAL)[0])
