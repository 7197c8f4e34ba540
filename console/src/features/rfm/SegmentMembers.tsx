import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SegmentCode } from "../../api/contract";
import { useSegmentMembers } from "../../api/rfm";
import { NotFound } from "../../app/NotFound";
import { Card } from "../../kit/Card";
import { DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { Keyset } from "../../kit/Keyset";
import { keysetDefaults } from "../../kit/keysetState";
import { Page } from "../../kit/Page";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { MemberCard } from "../members/MemberCard";
import { useMemberColumns } from "../members/useMemberColumns";
import { isSegment } from "./segments";

export function SegmentMembers() {
  const { segment = "" } = useParams({ strict: false }) as { segment?: string };
  return isSegment(segment) ? <List segment={segment} /> : <NotFound />;
}

function List({ segment }: { segment: SegmentCode }) {
  const { t } = useTranslation();
  const go = useGo();
  const [state, patch] = useUrlState(keysetDefaults);
  const page = useSegmentMembers(segment, state.cursor, Number(state.limit));
  const columns = useMemberColumns({ isSortable: false });
  const name = t(`rfm.segment.${segment}`);
  return (
    <Page
      breadcrumb={<Go to="/insight/rfm">{t("rfm.title")}</Go>}
      title={t("rfm.segmentMembers", { segment: name })}
      purpose={`${t(`rfm.what.${segment}`)} ${t(`rfm.next.${segment}`)}`}
    >
      <Card isFlush>
        <DataTable
          rows={page.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={page.error}
          onRetry={() => void page.refetch()}
          isRefreshing={page.isPlaceholderData}
          onOpen={(row) => go(`/members/${row.id}`)}
          card={(row) => <MemberCard member={row} />}
          isSticky
          empty={<EmptyState title={t("rfm.emptySegment.title")} hint={t("rfm.emptySegment.hint")} />}
          footer={<Keyset state={state} patch={patch} next={page.data?.next ?? null} />}
        />
      </Card>
    </Page>
  );
}
