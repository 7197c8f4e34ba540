import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Modal, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useUploadProducts } from "../../api/products";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./products.module.css";

/** Products from a file with headings: code, name, category, brand, price, barcode. */
export function UploadProducts() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { message } = App.useApp();
  const upload = useUploadProducts();
  const take = (file: File) => {
    upload.mutate(
      { file, onSent: () => {} },
      {
        onSuccess: (done) => {
          if (done.rejected > 0) return;
          const { created, updated, unchanged } = done;
          void message.success(
            t("products.uploaded", {
              created: count(created),
              updated: count(updated),
              unchanged: count(unchanged),
            }),
          );
        },
      },
    );
    return false;
  };
  const rejected = upload.data?.rejected ?? 0;
  return (
    <>
      <Upload accept=".csv,.tsv,.txt,.gz,.xlsx" showUploadList={false} beforeUpload={take}>
        <Button icon={<UploadOutlined />} loading={upload.isPending} title={t("products.uploadHelp")}>
          {t("products.upload")}
        </Button>
      </Upload>
      <Modal
        open={Boolean(upload.error) || rejected > 0}
        title={t("products.upload")}
        footer={null}
        onCancel={() => upload.reset()}
      >
        <Refusal error={upload.error} />
        {upload.data && rejected > 0 && (
          <>
            <p>
              {t("products.uploaded", {
                created: count(upload.data.created),
                updated: count(upload.data.updated),
                unchanged: count(upload.data.unchanged),
              })}{" "}
              {t("products.rejected", { count: rejected, value: count(rejected) })}
            </p>
            <ul className={styles.rejected}>
              {upload.data.rows.map((row) => (
                <li key={row.row}>{t("products.row", { row: count(row.row), reason: row.reason })}</li>
              ))}
            </ul>
          </>
        )}
      </Modal>
    </>
  );
}
