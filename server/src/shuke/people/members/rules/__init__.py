"""What is decided about members without asking anybody: no database, no web, no clock."""
