"""Walks again what a seed walks, or many seeds, and prints what was said.

python -m tests.conversations.walk --seed 17 --talk
"""

from __future__ import annotations

import sys

from buyer_protection.logs import keep_quiet
from turns.without_tensorflow import keep_tensorflow_out

if __name__ == "__main__":
    keep_tensorflow_out()
    keep_quiet()
    from tests.conversations.walk.many import main

    sys.exit(main(sys.argv[1:]))
