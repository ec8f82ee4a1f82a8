"""The flow language as Amazon Connect checks it before a flow is published."""
