"""bulkops: rate-limited bulk operations for Amazon Connect."""

__version__ = "0.1.0"
