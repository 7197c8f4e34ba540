"""Consent: purposes, notices, what each member agreed to, and the one question that senders ask."""

__all__: list[str] = []
