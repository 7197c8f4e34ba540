import { ArrowLeftOutlined, ExpandOutlined, UnorderedListOutlined } from "@ant-design/icons";
import { Button, Drawer, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorBoundary } from "../../kit/ErrorBoundary";
import { ErrorState } from "../../kit/ErrorState";
import { useGo } from "../../kit/useGo";
import { useNarrow } from "../../kit/useNarrow";
import { Contents } from "./Contents";
import { Guide } from "./Guide";
import styles from "./help.module.css";

interface Props {
  /** The page of the guide that belongs to the screen. */
  page: string;
  onClose: () => void;
  onTour: () => void;
  onKeys: () => void;
}

interface Place {
  page: string;
  place?: string;
}

/** Help beside the work: the guide's page of this screen, and from there all others. */
export function HelpDrawer({ page, onClose, onTour, onKeys }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const isNarrow = useNarrow();
  const [way, setWay] = useState<Place[]>([{ page }]);
  const [hasContents, setContents] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const here = way[way.length - 1] ?? { page };

  // Another screen has another page; whoever reads on stays where they are only on the same screen.
  useEffect(() => setWay([{ page }]), [page]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    // In braces: newer browsers answer with a promise, and what an effect hands back is called as its end.
    body.current?.parentElement?.scrollTo({ top: 0 });
  }, [here.page, hasContents]);

  const open = (next: string, place?: string) => {
    setContents(false);
    if (next !== here.page || place !== here.place) setWay([...way, { page: next, place }]);
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={isNarrow ? "100%" : 520}
      mask={false}
      title={t("help.title")}
      rootClassName={styles.drawer}
      extra={
        <>
          {way.length > 1 && !hasContents && (
            <Tool
              title={t("help.back")}
              icon={<ArrowLeftOutlined />}
              onClick={() => setWay(way.slice(0, -1))}
            />
          )}
          <Tool
            title={t("help.contents")}
            icon={<UnorderedListOutlined />}
            isOn={hasContents}
            onClick={() => setContents(!hasContents)}
          />
          <Tool
            title={t("help.whole")}
            icon={<ExpandOutlined />}
            onClick={() => {
              onClose();
              go(`/help/${here.page}`);
            }}
          />
        </>
      }
      footer={
        <div className={styles.foot}>
          <Button type="link" onClick={onTour}>
            {t("tour.again")}
          </Button>
          {!isNarrow && (
            <Button type="link" onClick={onKeys}>
              {t("frame.keys.title")}
            </Button>
          )}
        </div>
      }
    >
      <div ref={body}>
        <ErrorBoundary
          resetOn={`${here.page} ${hasContents}`}
          fallback={(again) => <ErrorState error={null} onRetry={again} />}
        >
          {hasContents ? (
            <Contents here={here.page} onOpen={open} />
          ) : (
            <Guide page={here.page} place={here.place} onOpen={open} />
          )}
        </ErrorBoundary>
      </div>
    </Drawer>
  );
}

function Tool({
  title,
  icon,
  isOn,
  onClick,
}: {
  title: string;
  icon: React.ReactNode;
  isOn?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip title={title}>
      <Button type="text" icon={icon} aria-label={title} aria-pressed={isOn} onClick={onClick} />
    </Tooltip>
  );
}
