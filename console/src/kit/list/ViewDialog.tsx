import { Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../api/contract";
import { useKeepView } from "../../api/views";
import { Labelled } from "../Labelled";
import { Refusal } from "../Refusal";
import styles from "./list.module.css";
import type { ListView } from "./useListView";

interface Props {
  view: ListView;
  /** None: what the list shows now becomes a new view. */
  edited: SavedView | null;
  mayShare: boolean;
  onClose: () => void;
}

export function ViewDialog({ view, edited, mayShare, onClose }: Props) {
  const { t } = useTranslation();
  const keep = useKeepView(view.name);
  const [name, setName] = useState(edited?.name ?? "");
  const [isShared, setShared] = useState(edited?.is_shared ?? false);
  const submit = () => {
    const wish = { name: name.trim(), is_shared: isShared };
    keep.mutate(edited ? { id: edited.id, ...wish } : { ...wish, content: view.current }, {
      onSuccess: (one) => {
        if (!edited) view.saved(one);
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      title={t(edited ? "list.view.editTitle" : "list.view.newTitle")}
      onCancel={onClose}
      onOk={submit}
      okText={t("list.view.save")}
      cancelText={t("list.view.cancel")}
      confirmLoading={keep.isPending}
      okButtonProps={{ disabled: name.trim() === "" }}
    >
      <div className={styles.form}>
        <Labelled label={t("list.view.name")}>
          <Input
            autoFocus
            value={name}
            maxLength={60}
            placeholder={t("list.view.nameHint")}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && submit()}
          />
        </Labelled>
        {mayShare && (
          <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>
            {t("list.view.share")}
          </Checkbox>
        )}
        <p className={styles.hint}>{t("list.view.kept")}</p>
        <Refusal error={keep.error} />
      </div>
    </Modal>
  );
}
