import { TeamOutlined, UserAddOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { Card } from "../../../kit/Card";
import type { CouponTabProps } from "../tabs";
import { Gifts } from "./Gifts";
import { GiveDialog } from "./GiveDialog";
import { GiveToMany } from "./GiveToMany";
import styles from "./issue.module.css";

/** Giving this coupon: to one member, to many, and what was given to many before. */
export function GiveTab({ template }: CouponTabProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<"one" | "many" | null>(null);
  const close = () => setOpen(null);
  const isGiven = template.state === "published" && template.terms_version > 0;
  return (
    <div className={styles.page}>
      {may("coupons.issue") && (
        <Card title={t("couponIssue.tabTitle")} note={t("couponIssue.tabNote")}>
          <div className={styles.row}>
            <Button icon={<UserAddOutlined />} disabled={!isGiven} onClick={() => setOpen("one")}>
              {t("couponIssue.toOne")}
            </Button>
            <Button icon={<TeamOutlined />} disabled={!isGiven} onClick={() => setOpen("many")}>
              {t("couponIssue.toMany")}
            </Button>
            {!isGiven && <span className={styles.quiet}>{t("couponIssue.notGiven")}</span>}
          </div>
        </Card>
      )}
      <Card title={t("couponIssue.gifts.title")} isFlush>
        <Gifts template={template.code} />
      </Card>
      {open === "one" && <GiveDialog template={template.code} onClose={close} />}
      {open === "many" && <GiveToMany template={template} onClose={close} />}
    </div>
  );
}
