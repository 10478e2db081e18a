"""A gateway of its own that counts messages of one buyer as fast as it can: `count_at_once.py URL TRIES`.

Prints `ready`, reads from standard input when to begin, and prints how many went through.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from buyer_protection.disputes import connect
from buyer_protection.settings import Settings
from gateway.rate_limits import RateLimits

if __name__ == "__main__":
    url, tries = sys.argv[1], int(sys.argv[2])
    limits = RateLimits(Settings(rate_limits="7 per hour; 10 per day"), connect(url))
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    time.sleep(max(0.0, start - time.time()))
    with ThreadPoolExecutor(2) as threads:
        waits = list(threads.map(lambda _: limits.check("buyer-1"), range(tries)))
    print(waits.count(None))
