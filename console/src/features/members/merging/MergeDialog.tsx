import { Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { nameOf } from "../../../kit/nameOf";
import { useGo } from "../../../kit/useGo";
import { MemberSelect } from "../../accounts/MemberSelect";
import { MergePanel } from "./MergePanel";
import styles from "./merging.module.css";

interface Props {
  member: Member;
  onClose: () => void;
}

/** From a member's page: find the other one, look at both, merge. */
export function MergeDialog({ member, onClose }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const [other, setOther] = useState<number>();
  const finish = (survivor: number) => {
    onClose();
    if (survivor !== member.id) go(`/members/${survivor}`);
  };
  return (
    <Modal
      open
      title={t("merges.dialog.title", { name: nameOf(member) })}
      onCancel={onClose}
      width={760}
      mask={{ closable: false }}
      footer={null}
    >
      <Form layout="vertical" className={styles.form}>
        <Form.Item
          label={t("merges.dialog.other")}
          htmlFor="merge-other"
          extra={t("merges.dialog.otherHelp")}
        >
          <MemberSelect id="merge-other" without={member.id} value={other} onChange={setOther} />
        </Form.Item>
      </Form>
      {other !== undefined && <MergePanel key={other} first={member.id} second={other} onDone={finish} />}
    </Modal>
  );
}
