import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useLate } from "./useLate";

interface Props {
  rows?: number;
  minHeight?: number;
}

export function Waiting({ rows = 6, minHeight = 160 }: Props) {
  const { t } = useTranslation();
  const isLate = useLate(300);
  return (
    <div style={{ minHeight }} aria-busy="true" role="status" aria-label={t("kit.loading")}>
      {isLate && <Skeleton active title={false} paragraph={{ rows }} />}
    </div>
  );
}
