/** Sensitive acts ask again who is sitting there. The screen that asks registers here; the client waits for it. */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;
let open: Promise<boolean> | null = null;

export function onProofNeeded(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** One dialog at a time: requests that are refused meanwhile wait for the same answer. */
export function proveAgain(): Promise<boolean> {
  if (!asker) return Promise.resolve(false);
  open ??= asker().finally(() => {
    open = null;
  });
  return open;
}
