import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import type { Adjustment } from "../../api/contract";
import { useMay } from "../../api/session";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import { AdjustmentStateMark } from "./AdjustmentStateMark";
import { Decision } from "./Decision";
import styles from "./finance.module.css";
import { useCurrencyName } from "./useCurrencyName";

interface Props {
  adjustment: Adjustment | null;
  onClose: () => void;
}

/** One adjustment with all that is known of it, and the decision where it still waits. */
export function AdjustmentDrawer({ adjustment, onClose }: Props) {
  const { t } = useTranslation();
  const { signed, moment } = useFormat();
  const currencyName = useCurrencyName();
  const mayDecide = useMay()("points.approve");
  const someone = t("finance.adjustments.someone");
  return (
    <Drawer
      open={adjustment !== null}
      onClose={onClose}
      size={480}
      destroyOnHidden
      title={
        adjustment &&
        t("finance.adjustments.drawer", {
          amount: signed(adjustment.amount),
          currency: currencyName(adjustment.currency),
        })
      }
    >
      {adjustment && (
        <>
          <Facts>
            <Fact term={t("finance.adjustments.column.state")}>
              <AdjustmentStateMark state={adjustment.state} />
            </Fact>
            <Fact term={t("finance.adjustments.column.member")}>
              <Go
                to={`/members/${adjustment.member_id}?tab=points&account=${adjustment.currency}`}
                className={styles.link}
              >
                {adjustment.member_name ?? adjustment.member_id}
              </Go>
            </Fact>
            <Fact term={t("finance.adjustments.column.reason")}>{adjustment.reason}</Fact>
            <Fact term={t("finance.adjustments.column.by")}>{adjustment.requested_by.name ?? someone}</Fact>
            <Fact term={t("finance.adjustments.column.at")}>{moment(adjustment.requested_at)}</Fact>
            {adjustment.decided_by && (
              <Fact term={t("finance.adjustments.column.decidedBy")}>
                {adjustment.decided_by.name ?? someone}
              </Fact>
            )}
            {adjustment.decided_at && (
              <Fact term={t("finance.adjustments.column.decidedAt")}>{moment(adjustment.decided_at)}</Fact>
            )}
            {adjustment.note && <Fact term={t("finance.adjustments.column.note")}>{adjustment.note}</Fact>}
          </Facts>
          {adjustment.state === "waiting" && mayDecide && (
            <Decision key={adjustment.id} adjustment={adjustment} onDecided={onClose} />
          )}
        </>
      )}
    </Drawer>
  );
}
