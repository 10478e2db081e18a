"""The clauses of the policy: one id for each thing that the text says, in the order of the text.

An id is a clause's name everywhere: in an assessment, in the tests, in the words that buyers read.

    who is covered      PAY-1 PAY-2 PAY-3   COV-1 COV-2   EXC-1 EXC-2 EXC-3
    time and procedure  WAIT-1 MED-1 FIN-1 HOW-1
    not received        FULL-1 FULL-2 FULL-3 FULL-4   NOREF-1
    received            EVID-1
      not as described  NAD-1   NAD-X1 NAD-X2 NAD-X3 NAD-X4 NAD-X5
      fake              FAKE-1  FAKE-X1
      broken            BRK-1   BRK-W1
      missing parts     MISS-1  MISS-2 MISS-3 MISS-4
    where it is silent  SILENT-1 SILENT-2 SILENT-3
"""

from __future__ import annotations

from typing import Final

#: What kind of thing each clause says.
CLAUSES: Final[dict[str, str]] = {
    "PAY-1": "condition",
    "PAY-2": "information",
    "PAY-3": "duty",
    "COV-1": "ground",
    "COV-2": "ground",
    "EXC-1": "exclusion",
    "EXC-2": "exclusion",
    "EXC-3": "exclusion",
    "WAIT-1": "waiting rule",
    "MED-1": "procedure",
    "FIN-1": "procedure",
    "HOW-1": "procedure",
    "FULL-1": "remedy",
    "FULL-2": "remedy",
    "FULL-3": "remedy",
    "FULL-4": "remedy",
    "NOREF-1": "exclusion",
    "EVID-1": "condition",
    "NAD-1": "ground",
    "NAD-X1": "exclusion",
    "NAD-X2": "exclusion",
    "NAD-X3": "exclusion",
    "NAD-X4": "exclusion",
    "NAD-X5": "exclusion",
    "FAKE-1": "ground",
    "FAKE-X1": "exclusion",
    "BRK-1": "ground",
    "BRK-W1": "warning",
    "MISS-1": "ground",
    "MISS-2": "remedy",
    "MISS-3": "remedy",
    "MISS-4": "remedy",
}

#: Notes on what the text does not say (last part of "The answer, in this order").
SILENCES: Final[tuple[str, ...]] = ("SILENT-1", "SILENT-2", "SILENT-3")

#: Clauses that no assessment carries: they inform, and are said in words.
ONLY_IN_WORDS: Final[tuple[str, ...]] = ("PAY-2", "FIN-1", "HOW-1")
