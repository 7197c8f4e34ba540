import { useParams } from "@tanstack/react-router";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { type RequestPage, useRequest } from "../../api/requests";
import { Card } from "../../kit/Card";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { Clock } from "./Clock";
import { CopyCard } from "./CopyCard";
import { EraseCard } from "./EraseCard";
import { RequestActions } from "./RequestActions";
import styles from "./rights.module.css";
import { Trail } from "./Trail";
import { useActorName } from "./useActorName";

const withCopy = ["access", "copy", "explanation"];

/** One request: its clock, what can be done, and everything that was done. */
export function RequestDetail() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const page = useRequest(Number(id));
  const kind = page.data?.request.kind;
  return (
    <Page
      title={kind ? `${t("rights.title")} · ${t(`rights.kind.${kind}`)}` : t("rights.title")}
      breadcrumb={<Go to="/requests">{t("rights.title")}</Go>}
    >
      <Loaded of={page} isPage rows={10} minHeight={420}>
        {(data) => <Detail page={data} />}
      </Loaded>
    </Page>
  );
}

function Detail({ page }: { page: RequestPage }) {
  const { t } = useTranslation();
  const { day, moment } = useFormat();
  const actorName = useActorName();
  const { request, certificate } = page;
  return (
    <div className={styles.stack}>
      <Card>
        {page.is_on_hold && <Alert type="warning" showIcon title={t("rights.detail.hold")} />}
        <Facts>
          <Fact term={t("rights.column.member")}>
            <Go to={`/members/${request.member_id}?tab=consent`}>
              {request.member_name ?? request.member_number}
            </Go>
          </Fact>
          <Fact term={t("rights.column.left")}>
            <Clock request={request} />
            <span className={styles.quiet}>
              {t("rights.detail.due", { day: day(request.due_on), hard: day(request.hard_due_on) })}
            </span>
          </Fact>
          <Fact term={t("rights.column.received")}>{moment(request.received_at)}</Fact>
          <Fact term={t("rights.detail.verified")}>
            {t(`rights.new.how.${request.verified_how as "code"}`)} · {actorName(request.verified_by)}
          </Fact>
          {certificate && (
            <>
              <Fact term={t("rights.detail.certificate")}>
                {t("rights.detail.by", {
                  actor: actorName(certificate.actor),
                  at: moment(certificate.erased_at),
                })}
              </Fact>
              <Fact term={t("rights.detail.code")}>
                <span className={styles.code}>{certificate.code}</span>
              </Fact>
            </>
          )}
        </Facts>
        <RequestActions page={page} />
      </Card>
      {withCopy.includes(request.kind) && <CopyCard page={page} />}
      {request.kind === "deletion" && !certificate && <EraseCard page={page} />}
      <Card title={t("rights.detail.trail")}>
        <Trail steps={page.steps} isErased={certificate !== null} />
      </Card>
    </div>
  );
}
