"""Pure decisions of imports: what a column means, what a row says, what becomes of it."""
