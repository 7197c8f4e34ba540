"""Pure decisions about custom fields: what a field is, which definitions fit, which values fit."""
