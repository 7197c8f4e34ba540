import { MemberRequests } from "../../rights/MemberRequests";
import type { MemberSectionProps } from "../sections";

/** What the member asked for by law, and where one more is taken in. */
export function MemberRequestsTab({ overview }: MemberSectionProps) {
  return <MemberRequests memberId={overview.member.id} />;
}
