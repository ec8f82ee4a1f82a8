"""A simulated Amazon Connect, strict where the real one is: in process, and over HTTP."""

from __future__ import annotations
