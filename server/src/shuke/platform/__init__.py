"""The platform: everything that knows no business word. Modules above use it by name, file by file."""
