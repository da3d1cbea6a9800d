"""How much is read, and for how long; each with its reason."""

from __future__ import annotations

MAX_BYTES = 30_000_000
"""Largest document read. Judgement: three times the 10 MB pages that occur, far below what fills a memory."""
MAX_TEXT = 12_000_000
"""Most characters of one text. Judgement: a 10 MB page is read whole; that is some 4,000 pages."""
MAX_PAGES = 3_000
"""Most pages of a PDF. Judgement: the longest reports have hundreds."""
TIMEOUT = 20.0
"""Seconds a server may be silent. Judgement: a slow page, not a dead one."""
MAX_HOPS = 5
"""Redirects followed. Judgement: more is a loop."""
MIN_TEXT = 200
"""Characters below which a page is called a stub. Judgement: two sentences."""
