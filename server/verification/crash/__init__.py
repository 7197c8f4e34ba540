"""What happens if it dies right there: the program is ended at every statement of every path that moves value."""
