import { KeyOutlined } from "@ant-design/icons";
import { Button, Divider } from "antd";
import { useTranslation } from "react-i18next";
import { canUsePasskeys } from "../../api/passkey";
import { useProviderChoices } from "../../api/session";
import styles from "./SignIn.module.css";

interface Props {
  isPending: boolean;
  onPasskey: () => void;
  onProvider: (id: number) => void;
}

/** Passkeys where the browser has them, and the identity providers that the shop uses. */
export function OtherWays({ isPending, onPasskey, onProvider }: Props) {
  const { t } = useTranslation();
  const { data: providers = [] } = useProviderChoices();
  if (!canUsePasskeys() && providers.length === 0) return null;
  return (
    <>
      <Divider plain>{t("session.or")}</Divider>
      <div className={styles.ways}>
        {canUsePasskeys() && (
          <Button block size="large" icon={<KeyOutlined />} loading={isPending} onClick={onPasskey}>
            {t("session.withPasskey")}
          </Button>
        )}
        {providers.map((one) => (
          <Button block size="large" key={one.id} onClick={() => onProvider(one.id)}>
            {t("session.through", { name: one.name })}
          </Button>
        ))}
      </div>
    </>
  );
}
