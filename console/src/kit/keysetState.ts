/** What a keyset page keeps in the address. */
export const keysetDefaults = { cursor: "", limit: "50" };

export type KeysetState = typeof keysetDefaults;
