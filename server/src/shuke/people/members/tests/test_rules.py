"""Pure decisions about members: spelling, masks, search words, who is who."""

import phonenumbers
import pytest

from shuke.people.members.errors import BadPhone, BadProfile
from shuke.people.members.rules import arrivals, identities, masks, pinyin, profiles, search
from shuke.people.members.rules.values import Profile


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("15412345678", "+8615412345678"),
        ("+8615412345678", "+8615412345678"),
        ("154 1234 5678", "+8615412345678"),
        ("０１５４", None),
        ("１５４１２３４５６７８", "+8615412345678"),
        ("010-6552 9988", "+861065529988"),
        ("+44 20 7946 0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("", None),
        ("+", None),
        ("15412345678 ext. 5", None),
        ("154123456789012", None),
    ],
)
def test_a_phone_has_one_spelling(given, expected):
    if expected is None:
        with pytest.raises(BadPhone):
            identities.normalise("phone", "", given)
    else:
        assert identities.normalise("phone", "", given) == ("", expected)


def test_the_short_way_for_chinese_mobiles_says_what_the_library_says():
    for prefix in range(130, 200):
        number = phonenumbers.parse(f"{prefix}12345678", "CN")

        assert phonenumbers.is_possible_number(number)
        assert identities.normalise_phone(f"{prefix}12345678") == phonenumbers.format_number(
            number, phonenumbers.PhoneNumberFormat.E164
        )


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("王明", "王*"),
        ("王小明", "王*明"),
        ("欧阳娜娜", "欧阳*娜"),
        ("欧阳修", "欧阳*"),
        ("王", "*"),
        ("John Smith", "J*** S***"),
        ("Zoë", "Z***"),
    ],
)
def test_a_name_is_masked(name, mask):
    assert masks.mask_name(name) == mask


def test_identities_are_masked():
    assert masks.mask_identity("phone", "+8615412345678") == "154****5678"
    assert masks.mask_identity("phone", "+442079460018") == "+44****0018"
    assert masks.mask_identity("email", "zhang.san@example.com") == "z***@example.com"
    assert masks.mask_identity("external", "12346") == "1***6"
    assert masks.mask_identity("card", "6225880212345678") == "6225***5678"
    assert masks.mask_identity("external", "7") == "*"


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单田芳", "shantianfang"),
        ("曾国藩", "zengguofan"),
        ("解晓东", "xiexiaodong"),
        ("仇英", "qiuying"),
        ("查良镛", "zhaliangyong"),
        ("尉迟恭", "yuchigong"),
        ("朴树", "piaoshu"),
        ("区志航", "ouzhihang"),
        ("乐嘉", "yuejia"),
        ("任洪", "renhong"),
        ("吕布", "lvbu"),
        ("王小明", "wangxiaoming"),
    ],
)
def test_surnames_are_read_as_surnames(name, syllables):
    surname, given = pinyin.readings(name)[0]

    assert "".join(surname + given) == syllables


@pytest.mark.parametrize(
    "question",
    ["王", "王小", "小明", "王小明", "wang", "wangxiaom", "xiaoming", "wang xiao", "wxm", "wx", "WangXiaoMing",
     "5678", "15412345678", "+86 154 1234 5678", "12346", "m23456789a", "wang@example.com", "ＷＸＭ"],
)  # fmt: skip
def test_a_member_is_found_by(question):
    words = search.words_of_member(
        "M23456789A",
        "王小明",
        [("phone", "+8615412345678"), ("external", "12346"), ("email", "wang@example.com")],
    )

    assert any(meaning <= words for meaning in search.questions(question))


@pytest.mark.parametrize(
    "question",
    [
        "明",
        "王明",
        "xm wang",
        "wxmm",
        "w",
        "678",
        "1541234567",
        "M23456789",
        "1234",
        "example.com",
        "",
        "  ",
        "%",
        "王小红",
        "-",
    ],
)
def test_a_member_is_not_found_by(question):
    words = search.words_of_member(
        "M23456789A", "王小明", [("phone", "+8615412345678"), ("external", "12346"), ("email", "wang@example.com")]
    )

    assert not any(meaning <= words for meaning in search.questions(question))


def test_latin_names_and_both_readings_are_found():
    latin = search.words_of_member("M1", "Zoë Smith-Jones", [])
    both = search.words_of_member("M2", "吕乐", [])

    assert all(any(m <= latin for m in search.questions(q)) for q in ("zoe", "Zoë", "smi", "jones zoe", "smith"))
    assert all(any(m <= both for m in search.questions(q)) for q in ("lvle", "lule", "ll"))


def test_arrivals_are_decided_in_order():
    a, b, c, d = (("external", "till", bytes([number])) for number in range(4))

    plan = arrivals.plan([[a, b], [c], [b, c], [d, a], [d]], {d: 77})

    # The third is the first (by b) although it also names the second; the fourth is known by d, and a stays.
    assert plan.members == [-1, -2, -1, 77, 77]
    assert plan.opened_by == [0, 1]
    assert plan.claims == {a: -1, b: -1, c: -2}


@pytest.mark.parametrize(
    "birthday", ["1990-02-29", "0999-01-01", "1990-5-14", "--02-30", "--2-3", "14/05/1990", "１９９０-05-14"]
)
def test_a_birthday_that_cannot_be_is_refused_by_field(birthday):
    with pytest.raises(BadProfile) as refused:
        profiles.checked(Profile(birthday=birthday))

    assert [field.pointer for field in refused.value.fields] == ["/birthday"]


@pytest.mark.parametrize("birthday", ["1990-05-14", "--05-14", "--02-29", "2000-02-29"])
def test_a_birthday_may_leave_out_the_year(birthday):
    assert profiles.checked(Profile(birthday=birthday)).birthday == birthday
    assert masks.mask_birthday(birthday) == birthday[-5:]


def test_a_profile_is_written_and_read():
    profile = Profile(name="王小明", gender="male", birthday="--05-14", address="某路 1 号")

    assert profiles.read(profiles.write(profile)) == profile
    assert profiles.checked(Profile(name="  王小明 ", language=" ")) == Profile(name="王小明")
