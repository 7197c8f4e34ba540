import type { ReactNode } from "react";
import { ErrorState } from "./ErrorState";
import { Waiting } from "./Waiting";

interface Result<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface Props<Data> {
  of: Result<Data>;
  rows?: number;
  minHeight?: number;
  children: (data: Data) => ReactNode;
}

/** A query's three faces in one place: waiting, failed, here. */
export function Loaded<Data>({ of, rows, minHeight, children }: Props<Data>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <ErrorState error={of.error} onRetry={() => void of.refetch()} />;
  return <Waiting rows={rows} minHeight={minHeight} />;
}
