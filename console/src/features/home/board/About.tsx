import { ArrowRightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import { Fact, Facts } from "../../../kit/Facts";
import { Go } from "../../../kit/Go";
import { useFormat } from "../../../kit/useFormat";
import type { Widget } from "../widgets";
import styles from "./board.module.css";

/** What a card shows: how it is computed, of which days, when, and the list behind it. */
export function About({ widget, dashboard }: { widget: Widget; dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { day, moment } = useFormat();
  const list = widget.list?.(dashboard);
  return (
    <div className={styles.about}>
      <p>{t(widget.about)}</p>
      <Facts>
        <Fact term={t("kit.period")}>
          {day(dashboard.period.from)} – {day(dashboard.period.to)}
        </Fact>
        <Fact term={t("kit.computedAt")}>{moment(dashboard.as_of)}</Fact>
      </Facts>
      {list && (
        <Go to={list.to}>
          {t(list.label)} <ArrowRightOutlined />
        </Go>
      )}
    </div>
  );
}
