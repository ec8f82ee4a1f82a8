"""What an account needs and allows: doctor, IAM policy, quota table, probes."""
