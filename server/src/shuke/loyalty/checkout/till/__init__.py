"""What tills and web shops ask: quote a cart, set points aside for it, cancel it, refund its order."""
