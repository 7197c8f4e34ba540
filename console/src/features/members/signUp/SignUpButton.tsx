import { UserAddOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { SignUpDrawer } from "./SignUpDrawer";

/** The list's one primary action, for those who may sign people up. */
export function SignUpButton({ onDone }: { onDone: (id: number) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may("members.write")) return null;
  return (
    <>
      <Button type="primary" icon={<UserAddOutlined />} onClick={() => setOpen(true)}>
        {t("signUp.open")}
      </Button>
      {isOpen && (
        <SignUpDrawer
          onClose={() => setOpen(false)}
          onDone={(id) => {
            setOpen(false);
            onDone(id);
          }}
        />
      )}
    </>
  );
}
