import { DownOutlined, ExportOutlined } from "@ant-design/icons";
import { Button, Popover, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/session";
import { ExportDialog } from "./ExportDialog";
import { RecentExports } from "./RecentExports";
import { useExportProgress } from "./useExportProgress";

interface Props {
  /** The server's name of the list. */
  list: string;
  /** What the list on the screen is narrowed to. */
  filters: Record<string, unknown>;
  /** How many rows that is about, where it is known. */
  expected?: number;
}

/** Takes what a list shows out as a file, says how far that is, and finds earlier ones again. */
export function ExportButton({ list, filters, expected }: Props) {
  const { t } = useTranslation();
  const mayExport = useMay()("exports.write");
  const follow = useExportProgress();
  const [isAsking, setAsking] = useState(false);
  const [isLooking, setLooking] = useState(false);
  if (!mayExport) return null;
  const ask = () => {
    setLooking(false);
    setAsking(true);
  };
  return (
    <>
      <Space.Compact>
        <Button icon={<ExportOutlined />} onClick={ask}>
          {t("exports.button")}
        </Button>
        <Popover
          open={isLooking}
          onOpenChange={setLooking}
          trigger="click"
          placement="bottomRight"
          title={t("exports.recent.title")}
          content={<RecentExports list={list} onAgain={ask} />}
          destroyOnHidden
        >
          <Button icon={<DownOutlined />} aria-label={t("exports.recent.title")} />
        </Popover>
      </Space.Compact>
      {isAsking && (
        <ExportDialog
          list={list}
          filters={filters}
          onAsked={(asked, wish) => follow(asked, wish, expected)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
