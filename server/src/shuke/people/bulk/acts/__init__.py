"""What can be done to many members by what members themselves know."""
