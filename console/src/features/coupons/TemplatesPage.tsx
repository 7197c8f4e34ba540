import { PlusOutlined, TagOutlined } from "@ant-design/icons";
import { Button, Segmented, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponState, type CouponTemplate, useCouponTemplates } from "../../api/coupons";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import filters from "../../kit/Filters.module.css";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { SearchField } from "../../kit/SearchField";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./coupons.module.css";
import { Starts } from "./Starts";
import { StateMark } from "./StateMark";
import { useCounted } from "./useCounted";

const view = { ...keysetDefaults, q: "", state: "" };
const states: CouponState[] = ["published", "paused", "draft", "closed"];

export function TemplatesPage() {
  const { t } = useTranslation();
  const go = useGo();
  const { name } = useFormat();
  const counted = useCounted();
  const mayWrite = useMay()("coupons.write");
  const [state, patch] = useUrlState(view);
  const page = useCouponTemplates({
    q: state.q || undefined,
    state: (state.state || undefined) as CouponState | undefined,
    limit: Number(state.limit),
    cursor: state.cursor || undefined,
  });
  const columns: Column<CouponTemplate>[] = [
    { key: "name", title: t("coupons.column.name"), render: (one) => <Name template={one} /> },
    { key: "told", title: t("coupons.column.told"), render: (one) => one.told || t("kit.none") },
    {
      key: "state",
      title: t("coupons.column.state"),
      render: (one) => <StateMark state={one.state} />,
      width: 120,
    },
    {
      key: "stock",
      title: t("coupons.column.stock"),
      render: (one) => counted.stock(one),
      isNumber: true,
      width: 160,
    },
    {
      key: "issued",
      title: t("coupons.column.issued"),
      render: (one) => counted.issued(one),
      isNumber: true,
      width: 110,
    },
    {
      key: "redeemed",
      title: t("coupons.column.redeemed"),
      render: (one) => counted.redeemed(one),
      isNumber: true,
      width: 110,
    },
  ];
  const isFiltered = Boolean(state.q || state.state || state.cursor);
  return (
    <Page
      title={t("coupons.title")}
      purpose={t("coupons.purpose")}
      action={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => go("/loyalty/coupons/new")}>
            {t("coupons.add")}
          </Button>
        )
      }
    >
      <RecordList
        name="coupon-templates"
        defaults={view}
        page={page}
        filters={
          <div className={filters.filters}>
            <SearchField
              value={state.q}
              onChange={(q) => patch({ q, cursor: "" })}
              placeholder={t("coupons.search")}
            />
            <Segmented
              value={state.state}
              onChange={(next) => patch({ state: next, cursor: "" })}
              options={[
                { value: "", label: t("coupons.all") },
                ...states.map((one) => ({ value: one as string, label: t(`coupons.state.${one}`) })),
              ]}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.code}
        onOpen={(one) => go(`/loyalty/coupons/${one.code}`)}
        card={(one) => (
          <div className={styles.stack} style={{ gap: 4 }}>
            <div className={styles.line}>
              <b>{name(one.name)}</b>
              <StateMark state={one.state} />
            </div>
            <div>{one.told}</div>
            <div className={styles.quiet}>
              {[counted.stock(one), `${t("coupons.column.issued")} ${counted.issued(one)}`].join(" · ")}
            </div>
          </div>
        )}
        empty={
          <EmptyState
            icon={<TagOutlined />}
            title={t(isFiltered ? "coupons.none.title" : "coupons.empty.title")}
            hint={t(isFiltered ? "coupons.none.hint" : "coupons.empty.hint")}
            action={!isFiltered && mayWrite && <Starts />}
          />
        }
      />
    </Page>
  );
}

function Name({ template }: { template: CouponTemplate }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  return (
    <div className={styles.name}>
      <b>{name(template.name)}</b>
      {template.kind && <Tag>{t(`coupons.kind.${template.kind as "gift"}`)}</Tag>}
      {template.is_claimable && <Tag color="success">{t("coupons.claimable")}</Tag>}
      {template.has_draft && template.state !== "draft" && <Tag>{t("coupons.hasDraft")}</Tag>}
    </div>
  );
}
