import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { VoidDialog } from "./VoidDialog";

/** Takes a coupon away, for those who may. */
export function VoidButton({ code }: { code: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("coupons.issue")) return null;
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t("couponIssue.void.submit")}
      </Button>
      {isOpen && <VoidDialog code={code} onClose={() => setOpen(false)} />}
    </>
  );
}
