"""The programme as one document: written down, compared, and taken over from another installation."""
