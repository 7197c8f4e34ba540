import dayjs, { type Dayjs } from "dayjs";
import type { ApiKey, NewApiKey } from "../../api/apiKeys";

export interface FormValues {
  name: string;
  scopes: string[];
  isNarrowed: boolean;
  stores: string[];
  addresses: string[];
  must_sign: boolean;
  requests_per_minute: number | null;
  expires_at: Dayjs | null;
}

export function valuesOf(row: ApiKey | undefined): FormValues {
  return {
    name: row?.name ?? "",
    scopes: row?.scopes ?? [],
    isNarrowed: row ? row.store_ids !== null : false,
    stores: row?.store_ids?.map(String) ?? [],
    addresses: row?.addresses ?? [],
    must_sign: row?.must_sign ?? false,
    requests_per_minute: row?.requests_per_minute ?? null,
    expires_at: row?.expires_at ? dayjs(row.expires_at) : null,
  };
}

export function wishOf(values: FormValues): NewApiKey {
  return {
    name: values.name.trim(),
    scopes: values.scopes,
    store_ids: values.isNarrowed ? values.stores.map(Number) : null,
    addresses: values.addresses,
    must_sign: values.must_sign,
    requests_per_minute: values.requests_per_minute,
    expires_at: values.expires_at ? values.expires_at.toISOString() : null,
  };
}

/** Only what the person has changed: what stays is not asked for again. */
export function changesOf(row: ApiKey, values: FormValues): Partial<NewApiKey> {
  const before = wishOf(valuesOf(row));
  const after = wishOf(values);
  const names = Object.keys(after) as (keyof NewApiKey)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  );
}
