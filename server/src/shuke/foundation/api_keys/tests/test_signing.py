"""What is signed and how: the vectors that docs/reference/signing.md prints."""

import json
import re
from datetime import UTC, datetime

import pytest

from shuke.foundation.api_keys import rules
from shuke.platform.settings import REPOSITORY

PAGE = (REPOSITORY / "docs" / "reference" / "signing.md").read_text(encoding="utf-8")
VECTORS = json.loads(PAGE.split("```json vectors\n")[1].split("```")[0])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_vectors_of_the_reference_are_what_the_program_computes(vector: dict[str, str | int]):
    token = rules.read_token(str(vector["key"]))
    assert token is not None
    body = str(vector["body"]).encode()
    text = rules.string_to_sign(
        str(vector["method"]), str(vector["target"]), body, int(vector["time"]), str(vector["nonce"])
    )
    key = rules.signing_key(token.secret)

    assert key.hex() == vector["signing_key"]
    assert rules.sign(key, text) == vector["signature"]


def test_the_worked_example_is_the_first_vector():
    first = VECTORS[0]

    assert f"X-Shuke-Signature: v1={first['signature']}" in PAGE
    assert re.search(rf"X-Shuke-Time: {first['time']}\b", PAGE)


def test_one_changed_character_anywhere_changes_the_signature():
    key = rules.signing_key("s" * 43)
    told = ("POST", "/v1/orders?x=1", b'{"a":1}', 1_700_000_000, "n" * 16)
    signed = rules.sign(key, rules.string_to_sign(*told))

    others = [
        ("PUT", *told[1:]),
        (told[0], "/v1/orders?x=2", *told[2:]),
        (*told[:2], b'{"a":2}', *told[3:]),
        (*told[:3], told[3] + 1, told[4]),
        (*told[:4], "m" * 16),
    ]

    assert [rules.sign(key, rules.string_to_sign(*other)) == signed for other in others] == [False] * 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sk_",
        "sk_1_short",
        "sk_0_" + "a" * 43,
        "sk_01_" + "a" * 43,
        "sk_1_" + "a" * 44,
        "SK_1_" + "a" * 43,
        "sk_١_" + "a" * 43,
    ],
)
def test_what_is_no_key_is_not_read(text: str):
    assert rules.read_token(text) is None


def test_a_signature_holds_for_five_minutes_on_either_side():
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    at = int(now.timestamp())

    assert [rules.is_in_time(at + off, now) for off in (-301, -300, 0, 300, 301)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("address", "networks", "expected"),
    [
        ("10.1.2.3", [], True),
        ("10.1.2.3", ["10.1.0.0/16"], True),
        ("10.2.2.3", ["10.1.0.0/16"], False),
        ("::ffff:10.1.2.3", ["10.1.0.0/16"], True),
        ("2001:db8::5", ["2001:db8::/32", "10.0.0.0/8"], True),
        ("", ["10.0.0.0/8"], False),
    ],
)
def test_a_key_is_used_from_its_networks_only(address: str, networks: list[str], expected: bool):
    assert rules.is_allowed_from(address, networks) is expected
