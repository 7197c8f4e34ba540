import { Segmented, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pictureUrl } from "../../../api/couponBatches";
import styles from "./batches.module.css";

/** A coupon's code to be scanned from the screen: by a camera, or by the scanner of a till. */
export function CodePictures({ code }: { code: string }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<"qr" | "barcode">("qr");
  const label = t(`couponBatches.picture.${kind}`);
  return (
    <div className={styles.picture}>
      <Segmented
        value={kind}
        onChange={setKind}
        options={[
          { value: "qr", label: t("couponBatches.picture.qr") },
          { value: "barcode", label: t("couponBatches.picture.barcode") },
        ]}
      />
      <img src={pictureUrl(code, kind)} alt={t("couponBatches.picture.alt", { code, kind: label })} />
      <Typography.Text className={styles.code} copyable={{ tooltips: [t("couponBatches.picture.copy")] }}>
        {code}
      </Typography.Text>
    </div>
  );
}
