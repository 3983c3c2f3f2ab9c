"""The command line (命令行): what an officer types; every command is a short story told with the rooms below."""
