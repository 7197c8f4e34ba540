export const help = {
  open: "帮助",
  title: "帮助",
  purpose: "写给每天使用熟客的人，不需要懂编程。",
  contents: "目录",
  find: "在标题里找",
  none: "没有标题里带“{{q}}”的页面。",
  whole: "整页打开",
  back: "上一页",
  missing: "手册里没有这一页",
  missingHint: "可能换了名字。请在目录里找。",
};
