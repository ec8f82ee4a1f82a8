"""The one door to AWS: sessions, targets, client → Reply or Fault."""
