import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CouponPreview, CouponProblem } from "../../api/coupons";
import { Card } from "../../kit/Card";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { CouponCard } from "./CouponCard";
import styles from "./coupons.module.css";
import { SampleTable } from "./SampleTable";
import { Sentences } from "./Sentences";

interface Props {
  preview: CouponPreview | undefined;
  isBehind: boolean;
  name: { zh: string; en: string };
}

/** What members will read, in either language, and what the coupon does on an order. */
export function Preview({ preview, isBehind, name }: Props) {
  const { t } = useTranslation();
  const { language: own } = useFormat();
  const [chosen, setChosen] = useState<"zh" | "en" | null>(null);
  const language = chosen ?? (own === "en" ? "en" : "zh");
  const sentences = preview?.terms[language] ?? [];
  return (
    <div className={styles.side} aria-live="polite" aria-busy={isBehind}>
      <Card
        title={t("coupons.preview.title")}
        extra={
          <Segmented
            size="small"
            value={language}
            onChange={setChosen}
            options={(["zh", "en"] as const).map((one) => ({
              value: one,
              label: t(`coupons.preview.${one}`),
            }))}
          />
        }
      >
        <div className={styles.stack}>
          {sentences.length > 0 ? (
            <>
              <CouponCard
                headline={preview?.headline[language] ?? ""}
                title={name[language].trim() || t("coupons.preview.unnamed")}
              />
              <Sentences of={sentences} />
            </>
          ) : (
            <p className={styles.quiet}>{t("coupons.preview.waiting")}</p>
          )}
          {preview && <Problems of={preview.problems} />}
        </div>
      </Card>
      {preview?.sample && (
        <Card title={t("coupons.preview.sample")} note={t("coupons.preview.sampleNote")}>
          <SampleTable sample={preview.sample} />
        </Card>
      )}
    </div>
  );
}

export function Problems({ of }: { of: readonly CouponProblem[] }) {
  const { t } = useTranslation();
  if (of.length === 0) return <Swatch tone="good">{t("coupons.preview.ready")}</Swatch>;
  return (
    <div>
      <Swatch tone="warn">{t("coupons.preview.problems", { count: of.length })}</Swatch>
      <ul className={styles.problems}>
        {of.map((problem) => (
          <li key={problem.pointer + problem.detail}>{problem.detail}</li>
        ))}
      </ul>
    </div>
  );
}
