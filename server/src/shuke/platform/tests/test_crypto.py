"""Sealing: known answers, and everything that must not open."""

import pytest

from shuke.platform import crypto
from shuke.platform.crypto import SealBroken

KEY = bytes(range(32))


def test_a_sealed_value_is_plain_aes_gcm_of_format_nonce_and_ciphertext():
    # Made with AESGCM(KEY).encrypt(nonce, b"secret", b"v1note:1:text") and a nonce of twelve bytes 7.
    sealed = b"v1" + bytes([7] * 12) + bytes.fromhex("7c0fc52e0a7b33c03b988d2168a6eca3761200c481f4")

    assert crypto.open_(KEY, sealed, "note:1:text") == b"secret"


def test_a_value_opens_in_its_own_place_only():
    sealed = crypto.seal(KEY, "王小明".encode(), "note:1:text")

    assert crypto.open_(KEY, sealed, "note:1:text") == "王小明".encode()
    for key, value, context in (
        (KEY, sealed, "note:2:text"),
        (KEY, sealed, "note:1:title"),
        (bytes(32), sealed, "note:1:text"),
        (KEY, sealed[:-1], "note:1:text"),
        (KEY, sealed[:-1] + bytes([sealed[-1] ^ 1]), "note:1:text"),
        (KEY, b"v2" + sealed[2:], "note:1:text"),
        (KEY, b"", "note:1:text"),
    ):
        with pytest.raises(SealBroken) as broken:
            crypto.open_(key, value, context)
        assert "王小明" not in str(broken.value)


def test_sealing_twice_gives_different_bytes():
    assert crypto.seal(KEY, b"same", "note:1:text") != crypto.seal(KEY, b"same", "note:1:text")


def test_many_are_sealed_like_one():
    sealed = crypto.seal_many(KEY, [(b"a", "note:1:text"), (b"b", "note:2:text")])

    assert crypto.open_many(KEY, [(sealed[1], "note:2:text"), (sealed[0], "note:1:text")]) == [b"b", b"a"]
    assert crypto.open_(KEY, sealed[0], "note:1:text") == b"a"


def test_blind_indexes_and_tokens_have_known_answers():
    # HMAC-SHA256(KEY, "phone" NUL "+8615412345678"), cut to 16 and to 8 bytes.
    assert crypto.blind_index(KEY, "phone", "+8615412345678").hex() == "ee438cc3532698129b80d197ec6c723c"
    assert crypto.token(KEY, "phone", "+8615412345678") == -1278023098701539310
    assert crypto.blind_index(KEY, "a", "b") != crypto.blind_index(KEY, "", "ab")


def test_data_keys_are_all_different():
    made = crypto.new_data_keys(100)

    assert len(set(made)) == 100
    assert {len(key) for key in made} == {32}


def test_sm4_gcm_gives_the_answers_of_its_standard():
    # RFC 8998, appendix A.1.
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )

    assert crypto.Sm4Gcm(key).encrypt(nonce, plain, bound) == sealed
    assert crypto.Sm4Gcm(key).decrypt(nonce, sealed, bound) == plain


def test_both_ciphers_open_whatever_is_chosen():
    by_aes = crypto.seal(KEY, b"secret", "note:1:text")
    crypto.use_cipher("sm4-gcm")
    try:
        by_sm4 = crypto.seal(KEY, b"secret", "note:1:text")
        assert crypto.open_many(KEY, [(by_aes, "note:1:text"), (by_sm4, "note:1:text")]) == [b"secret"] * 2
    finally:
        crypto.use_cipher("aes-256-gcm")

    assert (by_aes[:2], by_sm4[:2]) == (b"v1", b"v2")
    assert crypto.open_(KEY, by_sm4, "note:1:text") == b"secret"
    with pytest.raises(SealBroken):
        crypto.open_(KEY, by_sm4, "note:2:text")


def test_the_key_before_opens_and_does_not_seal():
    old, new = bytes(32), KEY
    by_old = crypto.seal(old, b"secret", "note:1:text")
    both = new + old

    assert crypto.open_(both, by_old, "note:1:text") == b"secret"
    assert crypto.open_(new, crypto.seal(both, b"secret", "note:1:text"), "note:1:text") == b"secret"
    with pytest.raises(SealBroken):
        crypto.open_(old, crypto.seal(both, b"secret", "note:1:text"), "note:1:text")
