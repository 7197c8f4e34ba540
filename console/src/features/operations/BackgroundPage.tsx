import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Page } from "../../kit/Page";
import { useUrlState } from "../../kit/useUrlState";
import { EventsTab } from "./EventsTab";
import { JobsTab } from "./JobsTab";
import { backgroundDefaults, tabs } from "./listState";
import { ReadersTab } from "./ReadersTab";
import { SchedulesTab } from "./SchedulesTab";

/** Jobs, schedules, readers of the event log and the log itself: for those who look after the program. */
export function BackgroundPage() {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(backgroundDefaults);
  const tab = tabs.find((one) => one === state.tab) ?? "jobs";
  const content = {
    jobs: <JobsTab />,
    schedules: <SchedulesTab />,
    readers: <ReadersTab />,
    events: <EventsTab />,
  };
  return (
    <Page title={t("operations.title")} purpose={t("operations.purpose")}>
      <Tabs
        activeKey={tab}
        onChange={(key) => patch({ ...backgroundDefaults, tab: key })}
        items={tabs.map((key) => ({ key, label: t(`operations.tab.${key}`) }))}
      />
      {content[tab]}
    </Page>
  );
}
