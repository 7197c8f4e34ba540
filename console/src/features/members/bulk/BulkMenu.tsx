import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBulkActions } from "../../../api/bulk";
import type { MembersQuery } from "../../../api/contract";
import { useMay } from "../../../api/session";
import type { Selection } from "../../../kit/list/selection";
import { useGo } from "../../../kit/useGo";
import type { ActionKey } from "./wish";

const BulkDialog = lazy(() => import("./BulkDialog").then((file) => ({ default: file.BulkDialog })));

const history = "history";

interface Props {
  selection: Selection;
  /** What the list is narrowed to, for when everything that matches is meant. */
  filters: MembersQuery;
}

/** What can be done to the members who were picked, as far as one may. */
export function BulkMenu({ selection, filters }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const go = useGo();
  const actions = useBulkActions(may("members.bulk"));
  const [chosen, setChosen] = useState<ActionKey | null>(null);
  const items = (actions.data?.items ?? [])
    .filter((action) => action.allowed)
    .map((action) => ({ key: action.key, label: action.label }));
  if (items.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [...items, { type: "divider" }, { key: history, label: t("bulk.history.open") }],
          onClick: ({ key }) => (key === history ? go("/members/bulk") : setChosen(key as ActionKey)),
        }}
      >
        <Button type="primary">
          {t("bulk.actions")} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {chosen && (
        <Suspense>
          <BulkDialog
            action={chosen}
            whom={selection.isAll ? { filters } : { members: selection.keys.map(String) }}
            onDone={selection.clear}
            onClose={() => setChosen(null)}
          />
        </Suspense>
      )}
    </>
  );
}
