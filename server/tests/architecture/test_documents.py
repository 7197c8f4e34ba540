"""The documents tell the truth where a program can see it: links, verbs, words, files."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from shuke.platform.settings import Settings
from tools.lint.house_rules import REPOSITORY, list_files

PAGES = [path for path in list_files(REPOSITORY) if path.suffix == ".md"]
GUIDES = ("docs/guide/en", "docs/guide/zh")


def text_of(path: Path | str) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path):
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        found = (REPOSITORY / page.parent / name) if name else REPOSITORY / page
        if not found.exists() or (anchor and anchor not in anchors(found.read_text(encoding="utf-8"))):
            missing.append(target)

    assert missing == []


def test_every_make_verb_that_a_page_names_exists():
    verbs = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))

    named = {verb for page in PAGES for verb in re.findall(r"(?:`|^)make ([a-z-]+)", text_of(page), re.MULTILINE)}

    assert named - verbs == set()


def test_the_readmes_begin_with_the_same_two_commands():
    commands = [re.findall(r"^make \w+", text_of(name), re.MULTILINE) for name in ("README.md", "README.zh-CN.md")]

    assert commands == [["make run", "make test"]] * 2


def test_the_guide_has_the_same_pages_in_both_languages():
    names = [sorted(path.name for path in (REPOSITORY / folder).glob("*.md")) for folder in GUIDES]

    assert names[0] == names[1]


def test_the_chinese_pages_use_the_words_of_the_glossary_and_not_those_it_rules_out():
    rows = [line.split("|")[1:5] for line in text_of("GLOSSARY.md").splitlines() if re.match(r"\| (?!English|-)", line)]
    ruled_out = {word.strip() for row in rows for word in row[3].split(",") if re.search(r"[\u4e00-\u9fff]", word)}
    wanted = {"会员", "积分", "等级", "订单", "退单", "批次", "流水", "欠分", "门槛"}

    labels = "".join(row[1] for row in rows)
    pages = "".join(text_of(page) for page in PAGES if "zh" in str(page))

    assert {word for word in wanted if word not in labels or word not in pages} == set()
    assert {word for word in ruled_out if word in pages} == set()


def test_each_word_stands_once_in_the_glossary():
    rows = [line.split("|")[1].strip() for line in text_of("GLOSSARY.md").splitlines() if line.startswith("| ")]

    assert sorted(rows) == sorted(set(rows))


def test_every_setting_that_a_page_names_exists():
    known = {f"SHUKE_{name.upper()}" for name in Settings.model_fields}
    # Read by the verbs and by the test fixtures, before there are settings.
    known |= {"SHUKE_PYTHON", "SHUKE_CHROMIUM", "SHUKE_TEST_DATABASE_URL"}

    named = {name for page in PAGES for name in re.findall(r"SHUKE_[A-Z0-9_]+", text_of(page))}

    assert named - known - {name for name in named if name.startswith("SHUKE_E2E")} == set()
