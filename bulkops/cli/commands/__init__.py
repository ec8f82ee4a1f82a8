"""The commands, a file each and named for it: its flags and its body together."""
