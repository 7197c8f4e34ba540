import { UserAddOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../kit/EmptyState";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import styles from "./till.module.css";
import type { Found } from "./useEntry";

export type Pick = { kind: "product" | "member"; place: number };

/** The things that can be chosen, in the order in which they stand. */
export function picksOf(found: Found): Pick[] {
  return [
    ...found.products.map((_one, place) => ({ kind: "product" as const, place })),
    ...found.members.map((_one, place) => ({ kind: "member" as const, place })),
  ];
}

interface Props {
  found: Found;
  active: number;
  onPick: (pick: Pick) => void;
  /** Null: this person may sign nobody up, or the server is away. */
  onSignUp: ((phone: string | undefined) => void) | null;
  onClose: () => void;
}

/** What a text may mean: goods and members to choose from, or what to do where nothing was found. */
export function Results({ found, active, onPick, onSignUp, onClose }: Props) {
  const { t } = useTranslation();
  const { money, points } = useFormat();
  const picks = picksOf(found);
  const signUp = found.stranger && onSignUp && (
    <Button
      type="primary"
      size="large"
      icon={<UserAddOutlined />}
      onClick={() => onSignUp(found.stranger?.phone)}
    >
      {t("till.found.signUp")}
    </Button>
  );
  if (picks.length === 0) {
    return (
      <div className={styles.results} role="status">
        <EmptyState
          title={t("till.found.nothing", { text: found.text })}
          hint={t(found.stranger ? "till.found.strangerHint" : "till.found.nothingHint")}
          action={
            <>
              {signUp}{" "}
              <Button size="large" onClick={onClose}>
                {t("till.found.close")}
              </Button>
            </>
          }
        />
      </div>
    );
  }
  return (
    <div className={styles.results}>
      <div role="listbox" aria-label={t("till.found.title")}>
        {picks.map((pick, index) => (
          <div
            key={`${pick.kind}${pick.place}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.result}
            onClick={() => onPick(pick)}
            onKeyDown={(event) => event.key === "Enter" && onPick(pick)}
          >
            {pick.kind === "product" ? product(pick.place) : member(pick.place)}
          </div>
        ))}
      </div>
      <div className={styles.resultsFoot}>
        <span className={styles.quiet}>{t("till.found.how")}</span>
        {signUp}
      </div>
    </div>
  );

  function product(place: number) {
    const one = found.products[place];
    if (!one) return null;
    return (
      <>
        <span>
          <b>{one.name}</b>
          <span className={styles.quiet}>{[one.code, ...one.barcodes.slice(0, 1)].join(" · ")}</span>
        </span>
        <span className="num">
          {one.price_minor === null ? t("till.found.open") : money(one.price_minor)}
        </span>
      </>
    );
  }

  function member(place: number) {
    const one = found.members[place];
    if (!one) return null;
    return (
      <>
        <span>
          <b>{one.name ?? one.number}</b>
          <span className={styles.quiet}>{[one.phone, one.number].filter(Boolean).join(" · ")}</span>
        </span>
        <span>
          <TierBadge tier={one.tier} /> <span className="num">{points(one.points_available)}</span>
        </span>
      </>
    );
  }
}
