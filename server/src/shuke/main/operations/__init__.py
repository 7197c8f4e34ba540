"""What people who run the program see of it: background work, the event log, and whether everything is well."""
