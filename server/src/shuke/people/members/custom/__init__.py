"""Values of custom fields: written, shown, filtered and sorted by."""
