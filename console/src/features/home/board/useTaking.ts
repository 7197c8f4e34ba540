import { App } from "antd";
import { useTranslation } from "react-i18next";
import { type Comparison, type DashboardPart, dashboardFile } from "../../../api/dashboard";
import { save } from "../../../api/files";
import { savePicture } from "../../../kit/picture";

interface Days {
  from: string;
  to: string;
}

/** Takes the board, or a card of it, out as a table or a picture; says so when it cannot. */
export function useTaking({ from, to }: Days, comparison: Comparison) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const complain = (error: unknown) =>
    void message.error(error instanceof Error ? error.message : String(error));
  return {
    file: (part: DashboardPart) =>
      void save(dashboardFile(part, { from, to }, comparison), `${part}-${from}-${to}.csv`).catch(complain),
    picture: (shown: HTMLElement | null, name: string) => {
      if (!shown) return;
      savePicture(shown, `${name} ${from} ${to}`).catch(() => message.error(t("home.board.noPicture")));
    },
  };
}
