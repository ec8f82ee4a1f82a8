"""The real world, in which commands are carried out."""

from __future__ import annotations

from bulkops.engine.ports import real_world

__all__ = ["real_world"]
