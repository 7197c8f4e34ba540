"""Foundation: the shop itself, and the people who work in it."""
