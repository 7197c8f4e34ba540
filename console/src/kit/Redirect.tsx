import { useEffect, useState } from "react";
import { useGo } from "./useGo";

/** Leads on once. The address it was first given counts: by the time it renders again, the place it came from is gone. */
export function Redirect({ to }: { to: string }) {
  const go = useGo();
  const [target] = useState(to);
  useEffect(() => go(target, { isReplacing: true }), [go, target]);
  return null;
}
