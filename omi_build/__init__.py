"""Publishes inspection reports from data: reads, checks and scores it, and renders pages, charts and downloads.

`omi_build.site` says the whole way in one function; start there.
"""

import os

# The matrices are small: threads would wait for each other, and for those of the processes beside this one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
