"""Very many who come at once: tickets, the gate, and draws."""
