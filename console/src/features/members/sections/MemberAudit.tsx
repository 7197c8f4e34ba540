import { AuditOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useAuditOfMember } from "../../../api/audit";
import { useMay } from "../../../api/session";
import { EmptyState } from "../../../kit/EmptyState";
import { Loaded } from "../../../kit/Loaded";
import { Swatch } from "../../../kit/Swatch";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import { LineDetail } from "../../audit/LineDetail";
import type { MemberSectionProps } from "../sections";
import styles from "./sections.module.css";

const defaults = { line: "" };

/** Who did what to this member, newest first. */
export function MemberAudit({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const mayOpen = useMay()("audit.read");
  const [state, patch] = useUrlState(defaults);
  const lines = useAuditOfMember(overview.member.id);
  return (
    <>
      <Loaded of={lines} rows={8} minHeight={320}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState
              icon={<AuditOutlined />}
              title={t("members.audit.empty")}
              hint={t("members.audit.emptyHint")}
            />
          ) : (
            <ul className={styles.trail}>
              {items.map((line) => (
                <li key={line.id} className={styles.trailLine}>
                  <button
                    type="button"
                    className={styles.trailButton}
                    disabled={!mayOpen}
                    onClick={() => patch({ line: String(line.id) }, { isReplacing: true })}
                  >
                    <span>{line.sentence}</span>
                    <span className={styles.quiet}>
                      {moment(line.at)}
                      {line.result !== "ok" && (
                        <>
                          {" "}
                          <Swatch tone="bad">{t(`audit.result.${line.result}`)}</Swatch>
                        </>
                      )}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {lines.hasNextPage && (
        <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t("kit.more")}
        </Button>
      )}
      <Drawer
        open={state.line !== ""}
        onClose={() => patch({ line: "" }, { isReplacing: true })}
        size={520}
        title={t("audit.detail.title")}
        destroyOnHidden
      >
        {state.line && <LineDetail id={Number(state.line)} />}
      </Drawer>
    </>
  );
}
