import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Shop } from "../../api/contract";
import { useRenameShop, useShop } from "../../api/organization";
import { Card } from "../../kit/Card";
import { Fact, Facts } from "../../kit/Facts";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./organization.module.css";

export function ShopPage() {
  const { t } = useTranslation();
  const shop = useShop();
  return (
    <Page title={t("organization.shop.title")} purpose={t("organization.shop.purpose")}>
      <Card className={styles.narrow}>
        <Loaded of={shop} rows={8}>
          {(data) => <Names shop={data} />}
        </Loaded>
      </Card>
    </Page>
  );
}

const fields = [
  { name: "name_zh", label: "organization.shop.nameZh" },
  { name: "name_en", label: "organization.shop.nameEn" },
  { name: "programme_zh", label: "organization.shop.programmeZh" },
  { name: "programme_en", label: "organization.shop.programmeEn" },
] as const;

function Names({ shop }: { shop: Shop }) {
  const { currencyName } = useFormat();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rename = useRenameShop();
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{
        name_zh: shop.name.zh,
        name_en: shop.name.en,
        programme_zh: shop.programme.zh,
        programme_en: shop.programme.en,
      }}
      onFinish={(values) =>
        rename.mutate(values, { onSuccess: () => void message.success(t("organization.shop.saved")) })
      }
    >
      {fields.map(({ name, label }) => (
        <Form.Item
          key={name}
          name={name}
          label={t(label)}
          rules={[{ required: true, whitespace: true, message: t("organization.stores.form.needed") }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      ))}
      <Facts>
        <Fact term={t("organization.shop.zone")}>
          {shop.time_zone}
          <div className={styles.why}>{t("organization.shop.zoneWhy")}</div>
        </Fact>
        <Fact term={t("organization.shop.currency")}>
          {currencyName(shop.currency)}
          <div className={styles.why}>{t("organization.shop.currencyWhy")}</div>
        </Fact>
      </Facts>
      <Refusal error={rename.error} />
      <Button className={styles.gap} type="primary" htmlType="submit" loading={rename.isPending}>
        {t("organization.shop.save")}
      </Button>
    </Form>
  );
}
