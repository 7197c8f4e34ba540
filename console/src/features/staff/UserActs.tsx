import { App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { StaffUser } from "../../api/contract";
import { useMay, useSession } from "../../api/session";
import { actOnUser, type UserAct, useStaffAct } from "../../api/staff";
import { Refusal } from "../../kit/Refusal";
import styles from "./staff.module.css";

interface Props {
  user: StaffUser;
  onPassword: (password: string) => void;
}

/** What administrators do to an account; nobody does it to their own. */
export function UserActs({ user, onPassword }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const may = useMay();
  const act = useStaffAct((chosen: UserAct) => actOnUser(user.id, chosen));
  if (!may("staff.write")) return null;
  if (session?.user.id === user.id) return <p className={styles.quiet}>{t("staff.ownAccount")}</p>;
  const acts: UserAct[] = [
    ...(user.state === "locked" ? (["unlock"] as const) : []),
    "password",
    ...(user.has_second_factor ? (["factors"] as const) : []),
    ...(user.seen_at ? (["sessions"] as const) : []),
    user.state === "disabled" ? "enable" : "disable",
  ];
  const run = (chosen: UserAct) =>
    act.mutate(chosen, {
      onSuccess: (password) =>
        password ? onPassword(password) : void message.success(t(`staff.act.${chosen}.done`)),
    });
  return (
    <>
      <Refusal error={act.error} />
      <div className={styles.acts}>
        {acts.map((one) => (
          <Popconfirm
            key={one}
            title={t(`staff.act.${one}.sure`)}
            okText={t(`staff.act.${one}.do`)}
            onConfirm={() => run(one)}
          >
            <Button danger={one === "disable"} loading={act.isPending && act.variables === one}>
              {t(`staff.act.${one}.do`)}
            </Button>
          </Popconfirm>
        ))}
      </div>
    </>
  );
}
