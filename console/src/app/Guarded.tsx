import { useSession } from "../api/session";
import { NoPermission } from "../kit/NoPermission";
import { Redirect } from "../kit/Redirect";
import type { FeaturePage } from "./feature";
import { mayOpen, menuFor } from "./menu";

/** Opens a page for those who may see it; the server decides again on every call. */
export function Guarded({ page }: { page: FeaturePage }) {
  const { data: session } = useSession();
  if (!session) return null;
  if (mayOpen(page, session.permissions)) return <page.component />;
  const first = menuFor(session.permissions)[0]?.pages[0];
  // Everyone lands on the first page; who may not see it gets the first one they may.
  if (page.path === "/" && first) return <Redirect to={first.path} />;
  return <NoPermission />;
}
