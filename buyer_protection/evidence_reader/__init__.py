"""Reads a file that somebody sent, as a program of its own with little memory, time and power: it may mean to hurt.

`python -m buyer_protection.evidence_reader FILE DESCRIPTOR` prints what was found, as JSON, and writes the copy that
others see, made of pixels alone, to the open file DESCRIPTOR. It uses nothing of the rest of the house.
"""
