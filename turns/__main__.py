"""`python -m turns`."""

import sys

from turns.launcher import main

sys.exit(main())
