import { useParams } from "@tanstack/react-router";
import { Select, Tabs } from "antd";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../api/contract";
import { useMemberOverview } from "../../api/members";
import { useSession } from "../../api/session";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { nameOf } from "../../kit/nameOf";
import { useNarrow } from "../../kit/useNarrow";
import { useTitle } from "../../kit/useTitle";
import { useUrlState } from "../../kit/useUrlState";
import { Waiting } from "../../kit/Waiting";
import { MemberFigures } from "./MemberFigures";
import { MemberIdentity } from "./MemberIdentity";
import { MergedBanner } from "./merging/MergedBanner";
import styles from "./profile.module.css";
import { type MemberSection, memberSections } from "./sections";
import { EditProfile } from "./signUp/EditProfile";
import { MemberActions } from "./status/MemberActions";

const tabDefaults = { tab: "timeline" };

export function MemberProfile() {
  const { t } = useTranslation();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const overview = useMemberOverview(id);
  return (
    <div className={styles.page}>
      <div className={styles.crumb}>
        <Go to="/members">{t("members.title")}</Go>
        {overview.data && <span>/ {nameOf(overview.data.member)}</span>}
      </div>
      <Loaded of={overview} isPage rows={12} minHeight={480}>
        {(data) => (
          <>
            <MergedBanner member={data.member} asked={id} />
            <Profile overview={data} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Profile({ overview }: { overview: MemberOverview }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const isNarrow = useNarrow();
  const [{ tab }, patch] = useUrlState(tabDefaults);
  const { member } = overview;
  const may = (section: MemberSection) =>
    !section.permission || session?.permissions.includes(section.permission);
  const isHere = (section: MemberSection) =>
    !section.needs || overview.sections.some(({ key }) => key === section.needs);
  const shown = memberSections.filter((section) => may(section) && isHere(section));
  const tabs = shown.filter((section) => section.place === "tab");
  const open = tabs.find(({ key }) => key === tab) ?? tabs[0];
  const choose = (next: string) => patch({ tab: next }, { isReplacing: true });
  const side = shown.filter((section) => section.place === "side");

  useTitle(nameOf(member));

  return (
    <>
      <Card>
        <div className={styles.top}>
          <MemberIdentity member={member} isHeading />
          <div className={styles.actions}>
            <EditProfile member={member} />
            <MemberActions member={member} />
          </div>
        </div>
        <MemberFigures overview={overview} columns={6} />
      </Card>
      <div className={styles.columns}>
        <Card className={styles.main}>
          {isNarrow ? (
            // A row of tabs that ends in “…” hides what a phone has no room for.
            <>
              <Select
                className={styles.choice}
                value={open?.key}
                onChange={choose}
                aria-label={t("members.section.choose")}
                options={tabs.map(({ key, title }) => ({ value: key, label: t(title) }))}
              />
              {open && <Section section={open} overview={overview} />}
            </>
          ) : (
            <Tabs
              activeKey={open?.key}
              onChange={choose}
              destroyOnHidden
              tabBarGutter={32}
              items={tabs.map((section) => ({
                key: section.key,
                label: t(section.title),
                children: <Section section={section} overview={overview} />,
              }))}
            />
          )}
        </Card>
        <div className={styles.side}>
          {side.map(({ key, title, Component }) => (
            <Card key={key} title={t(title)}>
              <Component overview={overview} />
            </Card>
          ))}
        </div>
      </div>
    </>
  );
}

function Section({ section, overview }: { section: MemberSection; overview: MemberOverview }) {
  const { Component } = section;
  return (
    <Suspense fallback={<Waiting rows={8} minHeight={320} />}>
      <Component overview={overview} />
    </Suspense>
  );
}
