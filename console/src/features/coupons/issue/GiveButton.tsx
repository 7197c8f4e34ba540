import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { GiveDialog } from "./GiveDialog";

/** Gives a member a coupon, for those who may. */
export function GiveButton({ memberId }: { memberId: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("coupons.issue")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("couponIssue.give.open")}</Button>
      {isOpen && <GiveDialog memberId={memberId} onClose={() => setOpen(false)} />}
    </>
  );
}
