export const notices = {
  title: "通知",
  purpose: "和您有关的事：等您处理的、已经办完的、出了问题的。保留 90 天。",
  bell: "通知",
  bellUnread: "通知，{{count}} 条未读",
  unread: "只看未读",
  readAll: "全部标为已读",
  all: "查看全部通知",
  isNew: "未读",
  empty: { title: "没有通知", hint: "有审批、导出、导入的结果，或者需要您留意的事，会出现在这里。" },
  allRead: { title: "都读完了", hint: "没有未读的通知。" },
  choices: { title: "想收到哪些通知", note: "只影响您自己；关掉的不再出现，也不计数。" },
};
