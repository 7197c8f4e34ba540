/** What of the list of stores stands in the address. */
export const storeDefaults = { region: "" };
