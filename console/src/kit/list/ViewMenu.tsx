import { AppstoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useArrangeViews, useDeleteView, useKeepView, useTakeOverView } from "../../api/views";
import { useNarrow } from "../useNarrow";
import type { ListView } from "./useListView";
import { ViewDialog } from "./ViewDialog";

/** Everything one does with views of a list: keep, change, share, put first, delete. */
export function ViewMenu({ view }: { view: ListView }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const isNarrow = useNarrow();
  const mayShare = useMay()("views.share");
  const [dialog, setDialog] = useState<"new" | "edit" | null>(null);
  const keep = useKeepView(view.name);
  const drop = useDeleteView(view.name);
  const takeOver = useTakeOverView(view.name);
  const arrange = useArrangeViews(view.name);
  const { open, views } = view;
  const refused = (error: Error) => void message.error(error.message);
  const done = (text: string) => ({ onSuccess: () => void message.success(text), onError: refused });
  const pinned = views?.pinned ?? [];
  const mayChange = open !== null && (open.is_shared ? mayShare : open.is_mine);

  const update = () => {
    if (open)
      keep.mutate({ id: open.id, content: view.current }, done(t("list.view.updated", { name: open.name })));
  };
  const put = (wish: { default_id?: number | null; pinned?: number[] }) =>
    arrange.mutate({ default_id: views?.default_id ?? null, pinned, ...wish }, { onError: refused });
  const remove = () => {
    if (!open) return;
    modal.confirm({
      title: t("list.view.deleteAsk", { name: open.name }),
      content: open.is_shared ? t("list.view.deleteShared") : undefined,
      okText: t("list.view.delete"),
      cancelText: t("list.view.cancel"),
      okButtonProps: { danger: true },
      onOk: () => {
        view.show(null);
        drop.mutate(open.id, done(t("list.view.deleted", { name: open.name })));
      },
    });
  };

  const items: MenuProps["items"] = [
    { key: "new", label: t("list.view.saveAs"), onClick: () => setDialog("new") },
    { key: "reset", label: t(open ? "list.view.reset" : "list.view.asUsual"), onClick: view.reset },
  ];
  if (open) {
    if (mayChange) {
      items.splice(1, 0, {
        key: "update",
        label: t("list.view.update"),
        disabled: !view.isChanged,
        onClick: update,
      });
      items.push({ key: "edit", label: t("list.view.edit"), onClick: () => setDialog("edit") });
    }
    const isFirst = views?.default_id === open.id;
    const isPinned = pinned.includes(open.id);
    items.push(
      { type: "divider" },
      {
        key: "first",
        label: t(isFirst ? "list.view.notFirst" : "list.view.first"),
        onClick: () => put({ default_id: isFirst ? null : open.id }),
      },
      {
        key: "pin",
        label: t(isPinned ? "list.view.unpin" : "list.view.pin"),
        onClick: () =>
          put({ pinned: isPinned ? pinned.filter((id) => id !== open.id) : [open.id, ...pinned] }),
      },
    );
    if (open.is_shared && !open.is_mine && mayShare)
      items.push({
        key: "take",
        label: t("list.view.takeOver"),
        onClick: () => takeOver.mutate(open.id, done(t("list.view.takenOver", { name: open.name }))),
      });
    if (open.is_mine || mayChange)
      items.push({ key: "delete", danger: true, label: t("list.view.delete"), onClick: remove });
  }
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button icon={<AppstoreOutlined />} aria-label={t("list.view.label")}>
          {!isNarrow && t("list.view.label")}
        </Button>
      </Dropdown>
      {dialog && (
        <ViewDialog
          view={view}
          edited={dialog === "edit" ? open : null}
          mayShare={mayShare}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
