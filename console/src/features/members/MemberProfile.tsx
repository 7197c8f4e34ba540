import { useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../api/contract";
import { useMemberOverview } from "../../api/members";
import { useSession } from "../../api/session";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { nameOf } from "../../kit/nameOf";
import { SectionTabs } from "../../kit/SectionTabs";
import { useFormat } from "../../kit/useFormat";
import { useTitle } from "../../kit/useTitle";
import { useUrlState } from "../../kit/useUrlState";
import { Waiting } from "../../kit/Waiting";
import { Unmasked } from "./details/Unmasked";
import header from "./header/header.module.css";
import { MemberHead } from "./header/MemberHead";
import { MemberSummary } from "./header/MemberSummary";
import { MergedBanner } from "./merging/MergedBanner";
import styles from "./profile.module.css";
import { type MemberSection, memberSections } from "./sections";

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
          <Unmasked key={data.member.id}>
            <MergedBanner member={data.member} asked={id} />
            <Profile overview={data} />
          </Unmasked>
        )}
      </Loaded>
    </div>
  );
}

function Profile({ overview }: { overview: MemberOverview }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const format = useFormat();
  const [{ tab }, patch] = useUrlState(tabDefaults);
  const { member } = overview;
  const may = (section: MemberSection) =>
    !section.permission || session?.permissions.includes(section.permission);
  const isHere = (section: MemberSection) =>
    !section.needs || overview.sections.some(({ key }) => key === section.needs);
  const shown = memberSections.filter((section) => may(section) && isHere(section));
  const tabs = shown.filter((section) => section.place === "tab");
  const choose = (next: string) => patch({ tab: next }, { isReplacing: true });
  const countOf = (section: MemberSection) => {
    const count = section.count?.(overview);
    return count ? format.count(count) : null;
  };
  const side = shown.filter((section) => section.place === "side");

  useTitle(nameOf(member));

  return (
    <>
      <MemberHead member={member} />
      <section className={header.body}>
        <MemberSummary overview={overview} onGo={(next) => patch({ tab: next })} />
      </section>
      <div className={styles.columns}>
        <Card className={styles.main}>
          <SectionTabs
            label={t("members.section.choose")}
            tabs={tabs.map((section) => ({
              key: section.key,
              title: t(section.title),
              count: countOf(section),
              content: <Section section={section} overview={overview} />,
            }))}
            chosen={tab}
            onChoose={choose}
          />
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
