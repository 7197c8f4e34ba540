import { CloseOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AttributionChange, MemberOverview, Relations } from "../../api/contract";
import { useAttributions, useRelate, useRelations } from "../../api/relations";
import { useMay } from "../../api/session";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { nameOf } from "../../kit/nameOf";
import { useFormat } from "../../kit/useFormat";
import { AttributionForm } from "./AttributionForm";
import styles from "./organization.module.css";
import { RelationForm } from "./RelationForm";

type Open = "attribution" | "family" | "inviter" | "history" | null;

/** Whose member this is, who brought them, and who belongs to them. */
export function RelationsCard({ overview }: { overview: MemberOverview }) {
  const { member } = overview;
  const relations = useRelations(String(member.id));
  return (
    <Loaded of={relations} rows={4}>
      {(data) => <Shown overview={overview} relations={data} />}
    </Loaded>
  );
}

function Shown({ overview, relations }: { overview: MemberOverview; relations: Relations }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { message } = App.useApp();
  const may = useMay();
  const { member } = overview;
  const [open, setOpen] = useState<Open>(null);
  const relate = useRelate(String(member.id));
  const none = t("organization.relations.none");
  const mayWrite = may("members.write");
  const ask = (wish: Parameters<typeof relate.mutate>[0]) =>
    relate.mutate(wish, {
      onSuccess: () => void message.success(t("organization.relations.saved")),
      onError: (error) => void message.error(error.message),
    });
  return (
    <>
      <Facts>
        <Fact term={t("organization.relations.store")}>{member.store?.name ?? none}</Fact>
        <Fact term={t("organization.relations.employee")}>{member.employee ?? none}</Fact>
        <Fact term={t("organization.relations.manager")}>{relations.manager?.name ?? none}</Fact>
        <Fact term={t("organization.relations.inviter")}>
          {relations.inviter ? <Person {...relations.inviter} /> : none}
          {relations.inviter && mayWrite && (
            <Remove
              label={t("organization.relations.clearInviter")}
              onRemove={() => ask({ what: "inviter", member: null })}
            />
          )}
        </Fact>
        {relations.invited_count > 0 && (
          <Fact term={t("organization.relations.invited")}>
            <div className="num">
              {t("organization.relations.invitedCount", { value: count(relations.invited_count) })}
            </div>
            {relations.invited.slice(0, 5).map((one) => (
              <div key={one.id}>
                <Person {...one} />
              </div>
            ))}
          </Fact>
        )}
        <Fact term={t("organization.relations.family")}>
          {relations.family.length === 0 && t("organization.relations.nobody")}
          {relations.family.map(({ member: other, role }) => (
            <div key={other.id}>
              <Person {...other} />{" "}
              <span className={styles.why}>{t(`organization.relations.role.${role}`)}</span>
              {mayWrite && (
                <Remove
                  label={`${t("organization.relations.remove")} ${nameOf(other)}`}
                  onRemove={() => ask({ what: "remove", other: other.id })}
                />
              )}
            </div>
          ))}
        </Fact>
      </Facts>
      <div className={styles.actions}>
        {may("members.attribute") && (
          <Button size="small" onClick={() => setOpen("attribution")}>
            {t("organization.relations.change")}
          </Button>
        )}
        {mayWrite && (
          <Button size="small" onClick={() => setOpen("family")}>
            {t("organization.relations.addFamily")}
          </Button>
        )}
        {mayWrite && !relations.inviter && (
          <Button size="small" onClick={() => setOpen("inviter")}>
            {t("organization.relations.setInviter")}
          </Button>
        )}
        <Button size="small" type="text" onClick={() => setOpen(open === "history" ? null : "history")}>
          {t("organization.relations.history")}
        </Button>
      </div>
      {open === "history" && <History member={String(member.id)} />}
      {open === "attribution" && (
        <AttributionForm overview={overview} manager={relations.manager} onClose={() => setOpen(null)} />
      )}
      {(open === "family" || open === "inviter") && (
        <RelationForm member={member.id} what={open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Person(person: { id: number; name: string | null; number: string }) {
  return <Go to={`/members/${person.id}`}>{nameOf(person)}</Go>;
}

function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined />}
      aria-label={label}
      title={label}
      onClick={onRemove}
    />
  );
}

const parts = ["store", "employee", "manager"] as const;

function History({ member }: { member: string }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const changes = useAttributions(member);
  const none = t("organization.relations.none");
  const told = (one: AttributionChange) =>
    parts
      .filter((part) => one[`${part}_before`]?.id !== one[`${part}_after`]?.id)
      .map((part) =>
        t("organization.relations.changeOf", {
          what: t(`organization.relations.${part}`),
          before: one[`${part}_before`]?.name ?? none,
          after: one[`${part}_after`]?.name ?? none,
        }),
      );
  return (
    <Loaded of={changes} rows={3}>
      {(items) =>
        items.length === 0 ? (
          <div className={styles.why}>{t("organization.relations.nobody")}</div>
        ) : (
          <ul className={styles.history}>
            {items.map((one) => (
              <li key={one.changed_at}>
                {told(one).map((line) => (
                  <div key={line}>{line}</div>
                ))}
                <div className={styles.why}>
                  {moment(one.changed_at)} · {one.by} · {one.reason}
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
