import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberImport } from "../../api/contract";

const colours: Partial<Record<MemberImport["state"], string>> = {
  checking: "processing",
  waiting: "processing",
  running: "processing",
  undoing: "processing",
  done: "green",
  failed: "red",
};

export function MemberImportState({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  return <Tag color={colours[job.state]}>{t(`memberImports.state.${job.state}`)}</Tag>;
}
