"""Proofs about the running program: concurrent histories with faults, and what holds them together."""
