import type { notices as zh } from "../zh/notices";

export const notices: typeof zh = {
  title: "Notifications",
  purpose: "What concerns you: what waits for you, what is done, what went wrong. Kept for 90 days.",
  bell: "Notifications",
  bellUnread: "Notifications, {{count}} unread",
  unread: "Unread only",
  readAll: "Mark all as read",
  all: "See all notifications",
  isNew: "unread",
  empty: {
    title: "No notifications",
    hint: "Approvals, finished exports and imports, and what needs your attention will appear here.",
  },
  allRead: { title: "All read", hint: "There is nothing unread." },
  choices: {
    title: "What to be told of",
    note: "For you alone. What is switched off neither appears nor counts.",
  },
};
