"""Operations over HTTP: what a till, a shop or an integrator asks of the ledger."""
