import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Keyset.module.css";
import type { KeysetState } from "./keysetState";
import { useNarrow } from "./useNarrow";

interface Props {
  state: KeysetState;
  patch: (change: Partial<KeysetState>) => void;
  next: string | null;
}

/**
 * A cursor only knows the way forward. The way back is remembered here for as long as the tab lives;
 * someone who opened the address directly is offered the first page instead.
 */
const cameFrom = new Map<string, string>();

/** Next and previous without ever counting the whole list. */
export function Keyset({ state, patch, next }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const previous = state.cursor ? cameFrom.get(state.cursor) : undefined;
  if (!state.cursor && !next) return null;

  const forward = () => {
    if (!next) return;
    cameFrom.set(next, state.cursor);
    patch({ cursor: next });
    document.querySelector("main")?.scrollTo({ top: 0 });
  };
  return (
    <nav className={styles.bar} aria-label={t("kit.nextPage")}>
      {!isNarrow && (
        <Select
          size="small"
          variant="borderless"
          aria-label={t("kit.rowsPerPageLabel")}
          value={state.limit}
          onChange={(limit) => patch({ limit, cursor: "" })}
          options={["50", "100", "200"].map((value) => ({
            value,
            label: t("kit.rowsPerPage", { count: Number(value) }),
          }))}
        />
      )}
      <span className={styles.space} />
      {state.cursor && previous === undefined && (
        <Button data-page="previous" onClick={() => patch({ cursor: "" })}>
          {t("kit.firstPage")}
        </Button>
      )}
      {previous !== undefined && (
        <Button icon={<LeftOutlined />} data-page="previous" onClick={() => patch({ cursor: previous })}>
          {t("kit.previousPage")}
        </Button>
      )}
      <Button
        data-page="next"
        disabled={!next}
        onClick={forward}
        icon={<RightOutlined />}
        iconPlacement="end"
      >
        {t("kit.nextPage")}
      </Button>
    </nav>
  );
}
