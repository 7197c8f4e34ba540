import { UploadOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { type Condition, ConditionBuilder } from "../../../kit/conditions";
import { useFormat } from "../../../kit/useFormat";
import styles from "./issue.module.css";
import { mostReferences, referencesIn } from "./references";

export interface Chosen {
  by: "condition" | "list";
  condition: Condition | null;
  list: string;
}

/** Who is meant: everybody who meets a condition, or a list that was pasted or uploaded. */
export function Audience({ value, onChange }: { value: Chosen; onChange: (next: Chosen) => void }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const named = value.by === "list" ? referencesIn(value.list).length : 0;
  return (
    <div className={styles.stack}>
      <Segmented
        className={styles.choice}
        aria-label={t("couponIssue.many.who")}
        value={value.by}
        onChange={(by) => onChange({ ...value, by: by as Chosen["by"] })}
        options={(["condition", "list"] as const).map((by) => ({
          value: by,
          label: t(`couponIssue.many.by.${by}`),
        }))}
      />
      {value.by === "condition" ? (
        <ConditionBuilder
          scope="members"
          value={value.condition}
          onChange={(condition) => onChange({ ...value, condition })}
        />
      ) : (
        <>
          <Input.TextArea
            aria-label={t("couponIssue.many.by.list")}
            placeholder={t("couponIssue.many.listHint")}
            value={value.list}
            onChange={({ target }) => onChange({ ...value, list: target.value })}
            autoSize={{ minRows: 5, maxRows: 12 }}
          />
          <div className={styles.row}>
            <Upload
              accept=".csv,.txt"
              showUploadList={false}
              beforeUpload={(file) => {
                void file.text().then((list) => onChange({ ...value, list }));
                return false;
              }}
            >
              <Button icon={<UploadOutlined />}>{t("couponIssue.many.upload")}</Button>
            </Upload>
            <span className={named > mostReferences ? styles.wrong : styles.quiet}>
              {named > mostReferences
                ? t("couponIssue.many.tooMany", { most: count(mostReferences) })
                : t("couponIssue.many.named", { count: named, value: count(named) })}
            </span>
          </div>
        </>
      )}
    </div>
  );
}
