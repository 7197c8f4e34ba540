import { ArrowRightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useAdjustments } from "../../../api/adjustments";
import { useDuplicates } from "../../../api/duplicates";
import { useRequests } from "../../../api/requests";
import { useReturns } from "../../../api/returns";
import { useMay } from "../../../api/session";
import { useApprovals } from "../../../api/staff";
import type { TextKey } from "../../../i18n/keys";
import { Go } from "../../../kit/Go";
import { useFormat } from "../../../kit/useFormat";
import styles from "../home.module.css";

const most = 100;

interface Page {
  data?: { items: readonly unknown[]; next: string | null };
}

interface Work {
  key: string;
  title: TextKey;
  to: string;
  permission: string;
  /** The first of what waits; more than a page is not counted. */
  usePage: () => Page;
}

const works: readonly Work[] = [
  {
    key: "approvals",
    title: "home.work.approvals",
    to: "/settings/approvals",
    permission: "approvals.read",
    usePage: () => useApprovals({ state: "waiting", limit: most }),
  },
  {
    key: "adjustments",
    title: "home.work.adjustments",
    to: "/finance/adjustments",
    permission: "points.read",
    usePage: () => useAdjustments({ state: "waiting", limit: most }),
  },
  {
    key: "requests",
    title: "home.work.requests",
    to: "/requests",
    permission: "requests.read",
    usePage: () => useRequests({ state: "open", limit: most }),
  },
  {
    key: "duplicates",
    title: "home.work.duplicates",
    to: "/members/duplicates",
    permission: "duplicates.read",
    usePage: () => useDuplicates({ state: "waiting", limit: most }),
  },
  {
    key: "returns",
    title: "home.work.returns",
    to: "/sales/returns",
    permission: "imports.read",
    usePage: () => useReturns({ state: "waiting", limit: most }),
  },
];

/** What waits for a person: how much of each, and where it is done. */
export function WaitingWork() {
  const may = useMay();
  return (
    <ul className={styles.work}>
      {works
        .filter(({ permission }) => may(permission))
        .map((work) => (
          <Waiting key={work.key} work={work} />
        ))}
    </ul>
  );
}

function Waiting({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { data } = work.usePage();
  const found = data?.items.length ?? 0;
  return (
    <li data-none={data !== undefined && found === 0}>
      <Go to={work.to}>
        <span>{t(work.title)}</span>
        <b className="num">{data ? `${count(found)}${data.next ? "+" : ""}` : t("kit.none")}</b>
        <ArrowRightOutlined />
      </Go>
    </li>
  );
}
