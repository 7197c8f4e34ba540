import {
  GlobalOutlined,
  MenuOutlined,
  MoonOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
  SunOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Popover, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/contract";
import { useKeepLanguage } from "../api/session";
import { useSystem } from "../api/system";
import { NoticeBell } from "../features/notices/NoticeBell";
import type { Language } from "../i18n/i18n";
import { Keys } from "../kit/keys";
import { useFormat } from "../kit/useFormat";
import { useNarrow } from "../kit/useNarrow";
import styles from "./Frame.module.css";
import { usePreferences } from "./Preferences";
import { UserMenu } from "./UserMenu";

const isMac = navigator.platform.startsWith("Mac");

interface Props {
  session: Session;
  onMenu?: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ session, onMenu, onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  return (
    <header className={styles.bar}>
      {onMenu && (
        <Button
          type="text"
          icon={<MenuOutlined />}
          aria-label={t("frame.openMenu")}
          onClick={onMenu}
          data-tour="menu"
        />
      )}
      {isNarrow ? (
        <Button
          type="text"
          icon={<SearchOutlined />}
          aria-label={t("search.open")}
          onClick={onSearch}
          data-tour="search"
        />
      ) : (
        <button type="button" className={styles.search} onClick={onSearch} data-tour="search">
          <SearchOutlined />
          <span>{t("search.placeholder")}</span>
          <kbd>{isMac ? "⌘K" : "Ctrl K"}</kbd>
        </button>
      )}
      <span className={styles.space} />
      <ShopNotes isShort={isNarrow} />
      <NoticeBell />
      <HelpButton onHelp={onHelp} />
      <Switches />
      <UserMenu session={session} />
    </header>
  );
}

function HelpButton({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <Tooltip
      title={
        <>
          {t("help.open")} <Keys keys="h" />
        </>
      }
    >
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        aria-label={t("help.open")}
        onClick={onHelp}
        data-tour="help"
      />
    </Tooltip>
  );
}

function ShopNotes({ isShort }: { isShort: boolean }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { data: system } = useSystem();
  if (!system) return null;
  const notes = (
    <div className={styles.note}>
      {system.is_clock_set && <p>{t("frame.shopDateNote")}</p>}
      {system.is_demo && <p>{t("frame.demoNote")}</p>}
      {system.is_demo && system.demo_source && <p>{t("frame.demoSource", { source: system.demo_source })}</p>}
    </div>
  );
  return (
    <>
      {system.is_clock_set && (
        <Popover content={notes} trigger="click">
          <button type="button" className={styles.chip}>
            {t(isShort ? "frame.shopDateShort" : "frame.shopDate", { day: day(system.today) })}
          </button>
        </Popover>
      )}
      {system.is_demo && (
        <Popover content={notes} trigger="click">
          <button type="button" className={styles.chip}>
            {t("frame.demo")}
          </button>
        </Popover>
      )}
    </>
  );
}

function Switches() {
  const { t } = useTranslation();
  const { language, setLanguage, mode, setMode } = usePreferences();
  const keep = useKeepLanguage();
  // Kept first: an answer that still names the language before would turn it back.
  const choose = (next: Language) => keep.mutate(next, { onSettled: () => setLanguage(next) });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectedKeys: [language],
          onClick: ({ key }) => choose(key as Language),
          items: [
            { key: "zh-CN", label: t("frame.languageZh") },
            { key: "en", label: t("frame.languageEn") },
          ],
        }}
      >
        <Button type="text" icon={<GlobalOutlined />} aria-label={t("frame.switchLanguage")} />
      </Dropdown>
      <Tooltip title={t(mode === "dark" ? "frame.toLight" : "frame.toDark")}>
        <Button
          type="text"
          icon={mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t(mode === "dark" ? "frame.toLight" : "frame.toDark")}
          onClick={() => setMode(mode === "dark" ? "light" : "dark")}
        />
      </Tooltip>
    </>
  );
}
