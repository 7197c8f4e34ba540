"""Who belongs together: family, inviters, account managers."""
