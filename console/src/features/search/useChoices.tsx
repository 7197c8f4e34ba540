import {
  ClockCircleOutlined,
  QuestionCircleOutlined,
  RightOutlined,
  ThunderboltOutlined,
} from "@ant-design/icons";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useSearch } from "../../api/search";
import { useSession } from "../../api/session";
import type { MenuArea } from "../../app/menu";
import { useFormat } from "../../kit/useFormat";
import { useSettled } from "../../kit/useSettled";
import { useGuideContents } from "../help/useGuide";
import type { Choice } from "./choice";
import { allowedCommands, pressPrimary, titleOf } from "./commands";
import { foundChoices, Line } from "./foundChoices";
import { isSpelt } from "./pinyin";
import { type Recent, useRecent } from "./useRecent";

/** What the frame itself can do; it knows how. */
export interface OwnAction {
  name: "dark" | "light" | "toEnglish" | "toChinese" | "keys" | "tour" | "checklist" | "signOut";
  run: () => void;
}

const mostActions = 6;
const mostPages = 8;
const mostHelp = 5;

export function useChoices(typed: string, menu: MenuArea[], own: OwnAction[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: session } = useSession();
  const [recent] = useRecent();
  const guide = useGuideContents();
  const text = typed.trim();
  const settled = useSettled(text, 120);
  const found = useSearch(settled);

  const pages = pageChoices(menu, t);
  const actions = actionChoices(session?.permissions ?? [], own, t);
  if (text === "") {
    const choices = [...recentChoices(recent, t), ...actions, ...pages].map(({ choice }) => choice);
    return { choices, isSearching: false, hasFailed: false };
  }
  const help = (guide.data ?? []).map(({ page, title }) => ({
    words: title,
    choice: {
      group: "help" as const,
      key: `h${page}`,
      to: `/help/${page}`,
      remembered: title,
      content: <Line icon={<QuestionCircleOutlined />} name={title} />,
    },
  }));
  const isNew = settled !== text || found.isFetching;
  return {
    choices: [
      ...(found.data && !found.error ? foundChoices(found.data, settled, t, format) : []),
      ...matching(actions, text, mostActions),
      ...matching(pages, text, mostPages),
      ...matching(help, text, mostHelp),
    ],
    isSearching: isNew,
    hasFailed: Boolean(found.error) && !isNew,
  };
}

/** A choice with the words that it is found by. */
interface Worded {
  words: string;
  choice: Choice;
}

function matching(all: Worded[], text: string, most: number): Choice[] {
  const wanted = text.toLowerCase();
  const rank = ({ words }: Worded) => {
    const said = words.toLowerCase();
    return said.startsWith(wanted) ? 0 : said.includes(wanted) ? 1 : isSpelt(words, wanted) ? 2 : 3;
  };
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter((one) => one.rank < 3)
    .sort((first, second) => first.rank - second.rank)
    .slice(0, most)
    .map(({ one }) => one.choice);
}

function pageChoices(menu: MenuArea[], t: TFunction): Worded[] {
  const listed = menu.flatMap(({ area, pages, groups }) =>
    pages.map((page) => {
      const group = groups.find((one) => one.pages.includes(page))?.group;
      const place = [t(`frame.area.${area}`), ...(group ? [t(`frame.group.${group}`)] : [])].join(" · ");
      return { to: page.path, title: page.title ? t(page.title) : "", place };
    }),
  );
  const account = t("frame.account");
  const ownPages = [
    { to: "/account", title: t("session.account.title"), place: account },
    { to: "/password", title: t("frame.changePassword"), place: account },
    { to: "/help", title: t("help.title"), place: t("help.contents") },
  ];
  return [...listed, ...ownPages].map(({ to, title, place }) => ({
    words: `${title} ${place}`,
    choice: {
      group: "pages",
      key: `page${to}`,
      to,
      remembered: title,
      content: <Line icon={<RightOutlined />} name={title} note={place === title ? undefined : place} />,
    },
  }));
}

function actionChoices(permissions: readonly string[], own: OwnAction[], t: TFunction): Worded[] {
  const row = (title: string) => <Line icon={<ThunderboltOutlined />} name={title} />;
  const leading = allowedCommands(permissions).map(({ name, to, isPrimary }) => {
    const title = t(titleOf(name));
    const run = isPrimary && to ? () => void pressPrimary(to) : undefined;
    return { words: title, choice: { group: "actions" as const, key: name, to, run, content: row(title) } };
  });
  const others = own.map(({ name, run }) => {
    const title = t(titleOf(name));
    return { words: title, choice: { group: "actions" as const, key: name, run, content: row(title) } };
  });
  return [...leading, ...others];
}

function recentChoices(recent: Recent[], t: TFunction): Worded[] {
  return recent.map(({ group, title, to }) => ({
    words: title,
    choice: {
      group: "recent",
      key: `recent${to}`,
      to,
      content: (
        <Line icon={<ClockCircleOutlined />} name={title} note={t(`search.${group}`, { defaultValue: "" })} />
      ),
    },
  }));
}
