import { BellOutlined } from "@ant-design/icons";
import { Badge, Button, Popover } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUnread } from "../../api/notices";
import { useGo } from "../../kit/useGo";
import { useNarrow } from "../../kit/useNarrow";
import { Waiting } from "../../kit/Waiting";
import styles from "./notices.module.css";

const Newest = lazy(() => import("./Newest").then((file) => ({ default: file.Newest })));

/** How much is unread, and the newest of it one click away. */
export function NoticeBell() {
  const { t } = useTranslation();
  const go = useGo();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const { data } = useUnread();
  const count = data ? data.count + (data.is_more ? 1 : 0) : 0;
  const bell = (
    <Button
      type="text"
      aria-label={count ? t("notices.bellUnread", { count }) : t("notices.bell")}
      aria-expanded={isNarrow ? undefined : isOpen}
      onClick={isNarrow ? () => go("/notices") : undefined}
      icon={
        <Badge count={count} size="small" offset={[2, -2]}>
          <BellOutlined />
        </Badge>
      }
    />
  );
  // A phone has no room beside the bell.
  if (isNarrow) return bell;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className={styles.popover}>
          <Suspense fallback={<Waiting rows={4} />}>
            <Newest newest={data?.newest ?? null} onClose={() => setOpen(false)} />
          </Suspense>
        </div>
      }
    >
      {bell}
    </Popover>
  );
}
