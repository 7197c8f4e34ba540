"""Loyalty: what members earn and reach. checkout → earning → tiers → ledger."""
