import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Verification, VerificationState } from "../../api/contract";
import { useSession } from "../../api/session";
import type { useVerifications } from "../../api/verification";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Swatch, type Tone } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { tookSeconds } from "./tookSeconds";
import styles from "./verification.module.css";

const tones: Record<VerificationState, Tone> = {
  running: "plain",
  passed: "good",
  failed: "bad",
  broken: "warn",
};

export function History({ verifications }: { verifications: ReturnType<typeof useVerifications> }) {
  const { t } = useTranslation();
  const { count, moment, wait } = useFormat();
  const { data: session } = useSession();
  const by = ({ started_by: actor }: Verification) => {
    if (actor === `staff:${session?.user.id}`) return t("verification.by.you");
    if (actor.startsWith("staff:")) return t("verification.by.staff");
    return t(actor.startsWith("system") ? "verification.by.system" : "verification.by.other");
  };
  const took = (one: Verification) => {
    const seconds = tookSeconds(one);
    return seconds === null ? t("kit.none") : wait(seconds);
  };
  // One that has no result has no figures either.
  const looked = (one: Verification, value: number) =>
    one.state === "passed" || one.state === "failed" ? count(value) : t("kit.none");
  const state = (one: Verification) => (
    <Swatch tone={tones[one.state]}>{t(`verification.state.${one.state}`)}</Swatch>
  );
  const columns: Column<Verification>[] = [
    {
      key: "at",
      title: t("verification.column.at"),
      render: (one) => <span className="num">{moment(one.started_at)}</span>,
    },
    { key: "by", title: t("verification.column.by"), render: by },
    { key: "state", title: t("verification.column.state"), render: state },
    {
      key: "accounts",
      title: t("verification.column.accounts"),
      isNumber: true,
      render: (one) => looked(one, one.accounts),
    },
    {
      key: "entries",
      title: t("verification.column.entries"),
      isNumber: true,
      render: (one) => looked(one, one.entries),
    },
    { key: "took", title: t("verification.column.took"), isNumber: true, render: took },
  ];
  return (
    <Card isFlush title={t("verification.history")}>
      <DataTable
        rows={verifications.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowKey={(one) => one.id}
        error={verifications.error}
        onRetry={() => void verifications.refetch()}
        empty={
          <EmptyState
            icon={<SafetyCertificateOutlined />}
            title={t("verification.emptyHistory")}
            hint={t("verification.emptyHistoryHint")}
          />
        }
        card={(one) => (
          <div className={styles.cardLine}>
            <span>
              {moment(one.started_at)}
              <div className={styles.quiet}>
                {by(one)} · {took(one)}
              </div>
            </span>
            {state(one)}
          </div>
        )}
        footer={
          verifications.hasNextPage && (
            <div className={styles.more}>
              <Button
                loading={verifications.isFetchingNextPage}
                onClick={() => void verifications.fetchNextPage()}
              >
                {t("kit.more")}
              </Button>
            </div>
          )
        }
      />
    </Card>
  );
}
