"""A passkey's device in software: it makes a key for a site, and signs challenges with it."""

import hashlib
import json
import os

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

USER_PRESENT, USER_VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Authenticator:
    def __init__(self, site: str = "http://test") -> None:
        self._site = site
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = os.urandom(16)
        self.count = 0

    def register(self, options: dict) -> dict:
        place = self._key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: place.x.to_bytes(32, "big"), -3: place.y.to_bytes(32, "big")}
        key = bytes(16) + len(self._id).to_bytes(2, "big") + self._id + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], USER_PRESENT | USER_VERIFIED | HAS_KEY) + key
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._told("webauthn.create", options["challenge"])
        return self._credential({"clientDataJSON": told, "attestationObject": attested})

    def sign(self, options: dict, *, is_verified: bool = True) -> dict:
        self.count += 1
        flags = USER_PRESENT | (USER_VERIFIED if is_verified else 0)
        data = self._data(options["rpId"], flags)
        told = self._told("webauthn.get", options["challenge"])
        signature = self._key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._credential({"clientDataJSON": told, "authenticatorData": data, "signature": signature})

    def _data(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _told(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self._site}).encode()

    def _credential(self, response: dict[str, bytes]) -> dict:
        own = bytes_to_base64url(self._id)
        told = {name: bytes_to_base64url(value) for name, value in response.items()}
        return {"id": own, "rawId": own, "type": "public-key", "response": told, "clientExtensionResults": {}}
