"""Pure parts of exports: views of personal fields, marks, and the formats of files."""
