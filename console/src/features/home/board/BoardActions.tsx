import { DownloadOutlined, LayoutOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import type { Comparison, DashboardPart } from "../../../api/dashboard";
import { AddCards } from "./AddCards";
import type { Board } from "./useBoard";
import { useTaking } from "./useTaking";

const parts: readonly DashboardPart[] = ["figures", "days", "months", "tiers", "stores"];

interface Props {
  board: Board;
  dashboard: Dashboard;
  comparison: Comparison;
  picture: RefObject<HTMLElement | null>;
}

/** What is done with the board as a whole: arrange it, or take it out. */
export function BoardActions({ board, dashboard, comparison, picture }: Props) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const take = useTaking(dashboard.period, comparison);
  if (board.isEditing) {
    return (
      <>
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t("home.board.add")}
        </Button>
        <Button onClick={board.putBack}>{t("home.board.putBack")}</Button>
        <Button onClick={board.cancel}>{t("home.board.cancel")}</Button>
        <Button type="primary" loading={board.isSaving} onClick={board.save}>
          {t("home.board.save")}
        </Button>
        {isAdding && <AddCards board={board} onClose={() => setAdding(false)} />}
      </>
    );
  }
  const choose = (key: string) =>
    key === "picture" ? take.picture(picture.current, t("home.title")) : take.file(key as DashboardPart);
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          onClick: ({ key }) => choose(key),
          items: [
            { key: "picture", label: t("home.board.picture") },
            { type: "divider" },
            ...parts.map((part) => ({ key: part, label: t(`home.board.files.${part}`) })),
          ],
        }}
      >
        <Button icon={<DownloadOutlined />} aria-label={t("home.board.take")} title={t("home.board.take")} />
      </Dropdown>
      <Button
        icon={<LayoutOutlined />}
        aria-label={t("home.board.arrange")}
        title={t("home.board.arrange")}
        onClick={board.edit}
      />
    </>
  );
}
