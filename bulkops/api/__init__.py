"""What a person can ask for, as functions: check, plan, run, resume, report; composes the rooms."""
