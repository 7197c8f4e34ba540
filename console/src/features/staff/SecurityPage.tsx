import { Alert, App, Button, Form, InputNumber, Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Security, SecurityWish } from "../../api/contract";
import { useMay } from "../../api/session";
import { keepSecurity, useSecurity, useStaffAct } from "../../api/staff";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { Providers } from "./Providers";
import styles from "./staff.module.css";

export function SecurityPage() {
  const { t } = useTranslation();
  const security = useSecurity();
  return (
    <Page title={t("staff.security.title")} purpose={t("staff.security.purpose")}>
      <div className={styles.stack}>
        <Loaded of={security} isPage rows={8} minHeight={320}>
          {(found) => <Choices security={found} />}
        </Loaded>
        <Providers />
      </div>
    </Page>
  );
}

function Choices({ security }: { security: Security }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const mayWrite = useMay()("staff.security");
  const save = useStaffAct(keepSecurity);
  const { clashes, ...chosen } = security;
  return (
    <Card title={t("staff.security.choices")}>
      {clashes.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t("staff.security.clashes", {
            names: clashes.map((one) => one.display_name).join(t("kit.and")),
          })}
        />
      )}
      <Refusal error={save.error} />
      <Form<SecurityWish>
        layout="vertical"
        requiredMark={false}
        disabled={!mayWrite}
        initialValues={chosen}
        onFinish={(wish) =>
          save.mutate(wish, { onSuccess: () => void message.success(t("staff.security.saved")) })
        }
      >
        <Form.Item name="policy" label={t("staff.security.policy")}>
          <Radio.Group
            vertical
            options={(["asvs", "dengbao"] as const).map((value) => ({
              value,
              label: (
                <>
                  {t(`staff.security.${value}`)}
                  <div className={styles.quiet}>{t(`staff.security.${value}Help`)}</div>
                </>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="requires_second_factor"
          label={t("staff.security.factor")}
          extra={t("staff.security.factorHelp")}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item name="idle_minutes" label={t("staff.security.idle")} extra={t("staff.security.idleHelp")}>
          <InputNumber style={{ width: 140 }} min={15} max={30} suffix={t("staff.security.minutes")} />
        </Form.Item>
        <Form.Item name="absolute_hours" label={t("staff.security.longest")}>
          <InputNumber style={{ width: 140 }} min={1} max={24} suffix={t("staff.security.hours")} />
        </Form.Item>
        {mayWrite && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("staff.security.save")}
          </Button>
        )}
      </Form>
    </Card>
  );
}
