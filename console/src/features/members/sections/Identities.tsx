import { useTranslation } from "react-i18next";
import type { Identity } from "../../../api/contract";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Swatch } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { useSourceName } from "../../../kit/useSourceName";
import { useUnmasked } from "../details/Unmasked";
import { AddIdentity } from "../identity/AddIdentity";
import { IdentityActions } from "../identity/IdentityActions";
import type { MemberSectionProps } from "../sections";
import { MemberMerges } from "./MemberMerges";
import styles from "./sections.module.css";

export function Identities({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { day, dayOf } = useFormat();
  const sourceName = useSourceName();
  const { values } = useUnmasked();
  // Seen in clear, identities stand in the same order as masked ones.
  const shown = (identity: Identity) => {
    const place = overview.member.identities.indexOf(identity);
    const clear = values?.identities[place];
    return clear?.kind === identity.kind ? clear.value : identity.value;
  };
  const verified = (identity: Identity) => (
    <Swatch tone={identity.is_verified ? "good" : "plain"}>
      {t(identity.is_verified ? "members.identities.verified" : "members.identities.unverified")}
    </Swatch>
  );
  const actions = (identity: Identity) => <IdentityActions member={overview.member.id} identity={identity} />;
  const columns: Column<Identity>[] = [
    {
      key: "kind",
      title: t("members.identities.column.kind"),
      render: (one) => t(`memberIdentity.kind.${one.kind}`),
    },
    {
      key: "value",
      title: t("members.identities.column.value"),
      render: (one) => <span className="num">{shown(one)}</span>,
    },
    {
      key: "source",
      title: t("members.identities.column.source"),
      render: (one) => (one.source ? sourceName(one.source) : t("kit.none")),
    },
    { key: "verified", title: t("members.identities.column.verified"), render: verified },
    {
      key: "added",
      title: t("members.identities.column.added"),
      isNumber: true,
      render: (one) => day(dayOf(one.added_at)),
    },
    { key: "actions", title: "", isNumber: true, render: actions },
  ];
  return (
    <div className={styles.bleed}>
      <DataTable
        rows={overview.member.identities}
        columns={columns}
        rowKey={(one) => one.handle}
        empty={<EmptyState title={t("members.identities.empty")} hint={t("members.identities.emptyHint")} />}
        card={(one) => (
          <div className={styles.cardLine}>
            <span>
              {t(`memberIdentity.kind.${one.kind}`)}
              <div className={styles.quiet}>{shown(one)}</div>
              {verified(one)}
            </span>
            {actions(one)}
          </div>
        )}
      />
      <div className={styles.foot}>
        <AddIdentity member={overview.member.id} /> {t("members.identities.note")}
      </div>
      <div className={styles.inset}>
        <MemberMerges member={overview.member.id} />
      </div>
    </div>
  );
}
