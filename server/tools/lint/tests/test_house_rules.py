"""Each rule is shown a breach and must see it: a lint that cannot fail is a defect."""

from pathlib import Path

import pytest

from tools.lint import house_rules

MODULE = "server/src/shuke/loyalty/ledger"


def plant(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def plant_module(root: Path) -> None:
    plant(root, f"{MODULE}/README.md", "# Ledger\n")
    plant(root, f"{MODULE}/__init__.py", "from .actions import credit\n\n__all__ = ['credit']\n")
    plant(root, f"{MODULE}/module.py", "MODULE = Module(name='ledger')\n")
    plant(root, f"{MODULE}/actions.py", "async def credit(session):\n    await session.execute(statement)\n")


def rules_broken(root: Path) -> set[str]:
    return {finding.rule for finding in house_rules.check(root)}


def test_a_clean_module_has_no_findings(tmp_path: Path):
    plant_module(tmp_path)

    findings = list(house_rules.check(tmp_path))

    assert findings == []


# Words that must not appear are written backwards, so that this file keeps the rule itself.
BREACHES = {
    "commit in an action": ("actions.py", "session.commit()\n", "transaction-edge"),
    "rollback in a handler": ("handlers.py", "session.rollback()\n", "transaction-edge"),
    "begin in a query": ("queries.py", "with engine.begin():\n    ...\n", "transaction-edge"),
    "own transaction in an action": ("actions.py", "with d.transaction():\n    ...\n", "transaction-edge"),
    "datetime.now": ("rules.py", "from datetime import datetime\nx = datetime.now()\n", "one-clock"),
    "datetime.datetime.utcnow": ("rules.py", "import datetime\nx = datetime.datetime.utcnow()\n", "one-clock"),
    "date.today": ("rules.py", "from datetime import date\nx = date.today()\n", "one-clock"),
    "time.time": ("jobs.py", "import time\nx = time.time()\n", "one-clock"),
    "random": ("rules.py", "import random\n", "chance"),
    "from secrets": ("actions.py", "from secrets import token_hex\n", "chance"),
    "uuid4": ("actions.py", "import uuid\nx = uuid.uuid4()\n", "chance"),
    "os.environ": ("jobs.py", "import os\nx = os.environ['A']\n", "environment"),
    "from os import getenv": ("jobs.py", "from os import getenv\n", "environment"),
    "httpx in an action": ("actions.py", "import httpx\n", "no-network"),
    "urllib.request in a handler": ("handlers.py", "from urllib.request import urlopen\n", "no-network"),
    "socket in a query": ("queries.py", "import socket\n", "no-network"),
    "f-string in text()": ("queries.py", "x = text(f'select {y}')\n", "built-sql"),
    "f-string that begins like SQL": ("queries.py", "x = f'select * from account where id = {y}'\n", "built-sql"),
    "percent in execute": ("queries.py", "session.execute('select %s' % y)\n", "built-sql"),
    "plus in fetch": ("queries.py", "driver.fetch('select * from t where id = ' + y)\n", "built-sql"),
    "format in text()": ("queries.py", "x = text('select {}'.format(y))\n", "built-sql"),
    "a long function": ("rules.py", "def f():\n" + "    x = 1\n" * 60, "function-size"),
    "a long file": ("rules.py", "x = 1\n" * 401, "file-size"),
    "an ignore without a reason": ("rules.py", "x = y  # type: ignore[attr-defined]\n", "reason"),
    "a noqa without a reason": ("rules.py", "x = y  # noqa: E501\n", "reason"),
    "a door without a list": ("__init__.py", "from .actions import credit\n", "front-door"),
    "a door that opens the web": ("__init__.py", "from .routes import router\n\n__all__ = ['router']\n", "front-door"),
    "a module file without MODULE": ("module.py", "x = 1\n", "module-shape"),
    "a note to self": ("rules.py", "# " + "ODOT"[::-1] + ": later\n", "words"),
    "a tracker's number": ("README.md", "See " + "21# eussi"[::-1] + ".\n", "words"),
    "a machine's path": ("README.md", "Look into " + "niam/krow/"[::-1] + ".\n", "words"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_seen(tmp_path: Path, name: str):
    file, text, rule = BREACHES[name]
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/{file}", text)

    broken = rules_broken(tmp_path)

    assert broken == {rule}


ERROR = """
class NotEnough(AppError):
    code = "points.not_enough"
    title = {{"zh": "积分不足", "en": "Not enough points"}}
    detail = {detail}
"""
EVENT = """
@dataclass(frozen={frozen}, kw_only=True)
class PointsSpent(Event):
    name = "{name}"
    {field}: int
"""


@pytest.mark.parametrize(
    "text",
    [
        "class NotEnough(AppError):\n    code = 'points.not_enough'\n",
        ERROR.format(detail='{"zh": "少了"}'),
        ERROR.format(detail='{"zh": "", "en": "Ask for less."}'),
        ERROR.format(detail='{"zh": "还差 {needed}", "en": "Ask for less."}'),
        ERROR.format(detail='{"zh": "少要一些", "en": "Ask for less."}').replace("points.not_enough", "NotEnough"),
    ],
)
def test_an_error_that_does_not_speak_is_seen(tmp_path: Path, text: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/errors.py", text)

    assert rules_broken(tmp_path) == {"error-texts"}


def test_an_error_with_all_its_texts_is_let_be(tmp_path: Path):
    plant_module(tmp_path)
    plant(
        tmp_path, f"{MODULE}/errors.py", ERROR.format(detail='{"zh": "还差 {n} 分", "en": "{n} points are missing."}')
    )

    assert rules_broken(tmp_path) == set()


@pytest.mark.parametrize(
    "text",
    [
        EVENT.format(frozen=False, name="points.spent", field="amount"),
        EVENT.format(frozen=True, name="points.spend", field="amount"),
        EVENT.format(frozen=True, name="PointsSpent", field="amount"),
        EVENT.format(frozen=True, name="points.spent", field="phone"),
    ],
)
def test_an_event_of_the_wrong_shape_is_seen(tmp_path: Path, text: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/events.py", text)

    assert rules_broken(tmp_path) == {"event-shape"}


def test_an_event_on_a_shared_shape_is_judged_too(tmp_path: Path):
    shape = "@dataclass(frozen=True, kw_only=True)\nclass _Shape(Event):\n    amount: int\n"
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/events.py", shape + "class Spent(_Shape):\n    name = 'points.spent'\n")

    findings = list(house_rules.check(tmp_path))

    assert [(finding.rule, finding.line) for finding in findings] == [("event-shape", 4)]


@pytest.mark.parametrize("name", ["points.spent", "points.taken_back", "order.refunded"])
def test_an_event_in_the_past_tense_is_let_be(tmp_path: Path, name: str):
    plant_module(tmp_path)
    plant(tmp_path, f"{MODULE}/events.py", EVENT.format(frozen=True, name=name, field="amount"))

    assert rules_broken(tmp_path) == set()


@pytest.mark.parametrize("missing", ["README.md", "__init__.py", "module.py"])
def test_a_module_that_is_not_whole_is_seen(tmp_path: Path, missing: str):
    plant_module(tmp_path)
    (tmp_path / MODULE / missing).unlink()

    assert rules_broken(tmp_path) == {"module-shape"}


def test_a_long_component_is_seen(tmp_path: Path):
    plant(tmp_path, "console/src/features/members/MemberList.tsx", "const x = 1;\n" * 251)

    assert rules_broken(tmp_path) == {"file-size"}


@pytest.mark.parametrize("text", ["少了列:{missing}", "会员,积分", "会员(散客)", "真的吗?"])
def test_half_width_punctuation_in_chinese_is_seen(tmp_path: Path, text: str):
    plant(tmp_path, "console/src/i18n/zh.ts", f'export const x = "{text}";\n')

    assert rules_broken(tmp_path) == {"punctuation"}


@pytest.mark.parametrize("text", ["少了列：{missing}", "会员，积分", "按 RFM (3 档)", "12:30 开始"])
def test_full_width_punctuation_in_chinese_is_let_be(tmp_path: Path, text: str):
    plant(tmp_path, "console/src/i18n/zh.ts", f'export const x = "{text}";\n')

    assert rules_broken(tmp_path) == set()


def test_a_lock_file_of_a_private_registry_is_seen(tmp_path: Path):
    plant(tmp_path, "server/uv.lock", 'source = { registry = "https://mirror.example.com/simple" }\n')
    plant(tmp_path, "console/package-lock.json", '"resolved": "https://registry.npmjs.org/antd/-/antd-6.6.8.tgz"\n')

    findings = list(house_rules.check(tmp_path))

    assert [finding.path for finding in findings] == [Path("server/uv.lock")]
    assert findings[0].rule == "lock-hosts"


def test_the_platform_and_main_may_do_what_modules_may_not(tmp_path: Path):
    plant(tmp_path, "server/src/shuke/platform/http.py", "async def f(session):\n    await session.commit()\n")
    plant(tmp_path, "server/src/shuke/platform/ids.py", "import secrets\n")
    plant(tmp_path, "server/src/shuke/platform/clock.py", "from datetime import datetime\nx = datetime.now()\n")
    plant(tmp_path, "server/src/shuke/main/cli.py", "async def f(d):\n    async with d.transaction():\n        ...\n")

    assert rules_broken(tmp_path) == set()


def test_an_exception_counts_only_with_its_reason(tmp_path: Path):
    plant(
        tmp_path,
        "server/src/shuke/platform/a.py",
        "x = text(f'drop {y}')  # allow: built-sql — names are quoted above\n",
    )
    plant(tmp_path, "server/src/shuke/platform/b.py", "x = text(f'drop {y}')  # allow: built-sql\n")

    assert [finding.path.name for finding in house_rules.check(tmp_path)] == ["b.py"]


def test_the_command_ends_with_1_when_there_are_findings(tmp_path: Path, monkeypatch, capsys):
    plant(tmp_path, "server/src/shuke/platform/b.py", "import time\nx = time.time()\n")
    monkeypatch.setattr("sys.argv", ["house_rules", str(tmp_path)])

    code = house_rules.main()

    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "server/src/shuke/platform/b.py:2: one-clock: "
        "instead of time.time() use clock.now() (the shop's time) or clock.wall() (sessions, locks)",
        "house rules: 1 finding",
    ]
