import {
  CrownOutlined,
  EditOutlined,
  EyeOutlined,
  FileProtectOutlined,
  FormOutlined,
  GiftOutlined,
  RollbackOutlined,
  SafetyOutlined,
  ShoppingCartOutlined,
  SmileOutlined,
  StarOutlined,
  TagOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineItem, TimelineKind } from "../../../api/contract";
import { useMemberTimeline } from "../../../api/members";
import { useMay } from "../../../api/session";
import { EmptyState } from "../../../kit/EmptyState";
import { Go } from "../../../kit/Go";
import { Loaded } from "../../../kit/Loaded";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import type { MemberSectionProps } from "../sections";
import styles from "./Timeline.module.css";

const icons: Record<TimelineKind, ReactNode> = {
  order: <ShoppingCartOutlined />,
  refund: <RollbackOutlined />,
  points: <GiftOutlined />,
  adjustment: <FormOutlined />,
  tier: <CrownOutlined />,
  activity: <SmileOutlined />,
  benefit: <StarOutlined />,
  coupon: <TagOutlined />,
  member: <UserOutlined />,
  consent: <SafetyOutlined />,
  request: <FileProtectOutlined />,
  note: <EditOutlined />,
  access: <EyeOutlined />,
};
const kinds = Object.keys(icons) as TimelineKind[];
/** What else somebody needs to be shown these; the server leaves them out by itself. */
const needs: Partial<Record<TimelineKind, string>> = {
  adjustment: "points.read",
  consent: "consents.read",
  request: "requests.read",
  note: "notes.read",
  access: "audit.read",
};
const defaults = { kinds: "" };

export function Timeline({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [state, patch] = useUrlState(defaults);
  const offered = kinds.filter((kind) => may(needs[kind] ?? "members.read"));
  const chosen = kinds.filter((kind) => state.kinds.split(",").includes(kind));
  const timeline = useMemberTimeline(overview.member.id, chosen.join(","));
  const toggle = (kind: TimelineKind) => {
    const next = chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind];
    patch({ kinds: next.join(",") }, { isReplacing: true });
  };
  return (
    <>
      <fieldset className={styles.filter} aria-label={t("members.timeline.filter")}>
        <Chip isOn={chosen.length === 0} onClick={() => patch({ kinds: "" }, { isReplacing: true })}>
          {t("kit.all")}
        </Chip>
        {offered.map((kind) => (
          <Chip key={kind} isOn={chosen.includes(kind)} onClick={() => toggle(kind)}>
            {t(`members.timeline.kind.${kind}`)}
          </Chip>
        ))}
      </fieldset>
      <Loaded of={timeline} rows={8} minHeight={320}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return chosen.length > 0 ? (
              <EmptyState
                title={t("members.timeline.emptyFiltered")}
                hint={t("members.timeline.emptyFilteredHint")}
              />
            ) : (
              <EmptyState title={t("members.timeline.empty")} hint={t("members.timeline.emptyHint")} />
            );
          }
          return <Days items={items} currency={overview.member.currency} />;
        }}
      </Loaded>
      {timeline.hasNextPage && (
        <div className={styles.more}>
          <Button loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
            {t("kit.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Chip({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}

function Days({ items, currency }: { items: TimelineItem[]; currency: string }) {
  const { dayOf, dayWithWeekday } = useFormat();
  const days = [...Map.groupBy(items, (item) => dayOf(item.at))];
  return (
    <div className={styles.days}>
      {days.map(([day, ofDay]) => (
        <Fragment key={day}>
          <h3>{dayWithWeekday(day)}</h3>
          <ol>
            {ofDay.map((item) => (
              <Happening key={item.id} item={item} currency={currency} />
            ))}
          </ol>
        </Fragment>
      ))}
    </div>
  );
}

function Happening({ item, currency }: { item: TimelineItem; currency: string }) {
  const { money, signedPoints, timeOf } = useFormat();
  const title = item.link ? <Go to={`/sales/orders/${item.link.id}`}>{item.title}</Go> : item.title;
  return (
    <li className={styles.item}>
      <span className={styles.icon} data-kind={item.kind} aria-hidden="true">
        {icons[item.kind] ?? icons.member}
      </span>
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        {item.summary && <div className={styles.summary}>{item.summary}</div>}
      </div>
      <div className={styles.value}>
        {item.amount_minor != null && <span>{money(item.amount_minor, currency)}</span>}
        {item.points ? (
          <span data-sign={item.points > 0 ? "plus" : "minus"}>{signedPoints(item.points)}</span>
        ) : null}
      </div>
      <time className={styles.time} dateTime={item.at}>
        {timeOf(item.at)}
      </time>
    </li>
  );
}
