import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Benefit } from "../../api/benefits";

export function BenefitState({ benefit }: { benefit: Benefit }) {
  const { t } = useTranslation();
  const state = benefit.is_on ? "on" : benefit.state === "paused" ? "paused" : "outside";
  return <Tag color={benefit.is_on ? "success" : undefined}>{t(`benefits.state.${state}`)}</Tag>;
}
