import type { ReactNode } from "react";
import { Card } from "./Card";
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
  /** For a whole page: what is shown meanwhile stands on a card of its own. */
  isPage?: boolean;
  children: (data: Data) => ReactNode;
}

/** A query's three faces in one place: waiting, failed, here. */
export function Loaded<Data>({ of, rows, minHeight, isPage = false, children }: Props<Data>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  const meanwhile = of.error ? (
    <ErrorState error={of.error} onRetry={() => void of.refetch()} />
  ) : (
    <Waiting rows={rows} minHeight={minHeight} />
  );
  return isPage ? <Card>{meanwhile}</Card> : meanwhile;
}
