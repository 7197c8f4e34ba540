import { TeamOutlined } from "@ant-design/icons";
import { App, Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Employee } from "../../api/contract";
import { useEmployees, useReturn } from "../../api/organization";
import { useMay } from "../../api/session";
import { useStores } from "../../api/stores";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { SearchField } from "../../kit/SearchField";
import { StoreSelect } from "../../kit/StoreSelect";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { EmployeeForm } from "./EmployeeForm";
import { LeavingWizard } from "./LeavingWizard";
import { OrganizationCard } from "./OrganizationCard";
import styles from "./organization.module.css";
import { Transfers } from "./Transfers";

type Open = { edit: Employee | null } | { leaving: Employee } | null;

const defaults = { state: "active", store: "", q: "" };

export function EmployeesPage() {
  const { t } = useTranslation();
  const { day } = useFormat();
  const may = useMay();
  const [filter, patch] = useUrlState(defaults);
  const [open, setOpen] = useState<Open>(null);
  const employees = useEmployees();
  const stores = useStores();
  const storeName = (one: Employee) =>
    stores.data?.find(({ id }) => id === one.store_id)?.name ?? t("kit.none");
  const shown = employees.data?.filter(
    (one) =>
      (filter.state === "all" || one.state === filter.state) &&
      (!filter.store || String(one.store_id) === filter.store) &&
      `${one.name} ${one.code}`.toLowerCase().includes(filter.q.trim().toLowerCase()),
  );
  const state = (one: Employee) => (
    <Swatch tone={one.state === "active" ? "good" : "plain"}>
      {one.state === "active"
        ? t("organization.employees.active")
        : one.left_on
          ? t("organization.employees.leftOn", { day: day(one.left_on) })
          : t("organization.employees.left")}
    </Swatch>
  );
  const actions = (one: Employee) => (
    <EmployeeActions
      employee={one}
      onEdit={() => setOpen({ edit: one })}
      onLeave={() => setOpen({ leaving: one })}
    />
  );
  const columns: Column<Employee>[] = [
    { key: "name", title: t("organization.employees.column.name"), render: (one) => one.name },
    { key: "code", title: t("organization.employees.column.code"), render: (one) => one.code },
    {
      key: "title",
      title: t("organization.employees.column.title"),
      render: (one) => one.title ?? t("kit.none"),
    },
    { key: "store", title: t("organization.employees.column.store"), render: storeName },
    {
      key: "joined",
      title: t("organization.employees.column.joined"),
      render: (one) => (one.joined_on ? day(one.joined_on) : t("kit.none")),
    },
    { key: "state", title: t("organization.employees.column.state"), render: state },
    { key: "do", title: "", render: actions },
  ];
  const isEmpty = employees.data?.length === 0;
  return (
    <Page
      title={t("organization.employees.title")}
      purpose={t("organization.employees.purpose")}
      action={
        may("employees.write") && (
          <Button type="primary" onClick={() => setOpen({ edit: null })}>
            {t("organization.employees.add")}
          </Button>
        )
      }
    >
      <RecordList
        name="employees"
        defaults={defaults}
        page={employees}
        rows={shown}
        filters={
          <div className={styles.tools}>
            <Segmented
              value={filter.state}
              onChange={(next) => patch({ state: String(next) })}
              options={(["active", "left", "all"] as const).map((value) => ({
                value,
                label: t(`organization.employees.${value}`),
              }))}
            />
            <StoreSelect value={filter.store} onChange={(store) => patch({ store })} />
            <SearchField
              placeholder={t("organization.employees.search")}
              value={filter.q}
              onChange={(q) => patch({ q }, { isReplacing: true })}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        card={(one) => (
          <OrganizationCard name={one.name} state={state(one)}>
            <div className={styles.why}>
              {[one.code, one.title, storeName(one)].filter(Boolean).join(" · ")}
            </div>
            {actions(one)}
          </OrganizationCard>
        )}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t(
              isEmpty ? "organization.employees.empty.title" : "organization.employees.emptyFiltered.title",
            )}
            hint={t(
              isEmpty ? "organization.employees.empty.hint" : "organization.employees.emptyFiltered.hint",
            )}
          />
        }
      />
      {may("members.attribute") && (
        <div className={styles.gap}>
          <Transfers />
        </div>
      )}
      {open && "edit" in open && <EmployeeForm employee={open.edit} onClose={() => setOpen(null)} />}
      {open && "leaving" in open && <LeavingWizard employee={open.leaving} onClose={() => setOpen(null)} />}
    </Page>
  );
}

interface ActionProps {
  employee: Employee;
  onEdit: () => void;
  onLeave: () => void;
}

function EmployeeActions({ employee, onEdit, onLeave }: ActionProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const back = useReturn();
  const isHere = employee.state === "active";
  const takeBack = () =>
    back.mutate(employee.id, {
      onSuccess: () => void message.success(t("organization.employees.backDone", { name: employee.name })),
      onError: (error) => void message.error(error.message),
    });
  return (
    <>
      {may("employees.write") && (
        <Button type="link" size="small" onClick={onEdit}>
          {t("organization.employees.edit")}
        </Button>
      )}
      {(isHere ? may("employees.write") : may("members.attribute")) && (
        <Button type="link" size="small" onClick={onLeave}>
          {t(isHere ? "organization.employees.leave" : "organization.employees.handOver")}
        </Button>
      )}
      {!isHere && may("employees.write") && (
        <Button type="link" size="small" onClick={takeBack} loading={back.isPending}>
          {t("organization.employees.back")}
        </Button>
      )}
    </>
  );
}
