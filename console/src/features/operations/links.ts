import type { LoggedEvent } from "../../api/contract";

interface EventLink {
  to: string;
  words: "openMember" | "openOrder" | "openRequest";
}

/** Where in the console more is to be seen of what an event is about. */
export function linksOf(event: Pick<LoggedEvent, "member_id" | "body">): EventLink[] {
  const links: EventLink[] = [];
  if (event.member_id) links.push({ to: `/members/${event.member_id}`, words: "openMember" });
  if (typeof event.body.order_id === "number") {
    links.push({ to: `/sales/orders/${event.body.order_id}`, words: "openOrder" });
  }
  if (typeof event.body.request_id === "number") {
    links.push({ to: `/requests/${event.body.request_id}`, words: "openRequest" });
  }
  return links;
}
