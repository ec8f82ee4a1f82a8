"""`simulator`: a Connect to try things on, for any AWS client."""

from __future__ import annotations
