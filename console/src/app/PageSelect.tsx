import { Select, type SelectProps } from "antd";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/useGo";
import styles from "./Frame.module.css";
import type { FeaturePage } from "./feature";
import type { MenuArea } from "./menu";

/** The pages of an area as a phone shows them: one field to choose from. */
export function PageSelect({ entry, here }: { entry: MenuArea; here: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const choices = (pages: FeaturePage[]) =>
    pages.map((page) => ({ value: page.path, label: page.title ? t(page.title) : "" }));
  const options: SelectProps["options"] =
    entry.groups.length > 0
      ? entry.groups.map(({ group, pages }) => ({
          label: t(`frame.group.${group}`),
          options: choices(pages),
        }))
      : choices(entry.pages);
  return (
    <nav className={styles.choice} aria-label={t(`frame.area.${entry.area}`)}>
      <Select
        value={here}
        onChange={(path) => go(path)}
        aria-label={t("frame.choosePage")}
        listHeight={400}
        options={options}
      />
    </nav>
  );
}
