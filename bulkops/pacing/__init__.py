"""Quotas, bucket and adaptive-rate arithmetic, failure classes, delays: pure, without a clock."""
