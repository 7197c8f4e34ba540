import { BookOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Waiting } from "../../kit/Waiting";
import { useGuide } from "./useGuide";

const GuideText = lazy(() => import("./GuideText").then((file) => ({ default: file.GuideText })));

interface Props {
  page: string;
  /** A heading to begin at. */
  place?: string;
  onOpen: (page: string, place?: string) => void;
}

/** One page of the guide, in the drawer and on its own page alike. */
export function Guide({ page, place, onOpen }: Props) {
  const { t } = useTranslation();
  const guide = useGuide(page);
  const isShown = Boolean(guide.data);
  useEffect(() => {
    if (isShown && place)
      void import("./GuideText").then(({ showPlace }) => setTimeout(() => showPlace(place), 50));
  }, [isShown, place]);
  return (
    <Loaded of={guide} rows={10} minHeight={400}>
      {(text) =>
        text === null ? (
          <EmptyState
            icon={<BookOutlined />}
            title={t("help.missing")}
            hint={t("help.missingHint")}
            action={<Button onClick={() => onOpen("README")}>{t("help.contents")}</Button>}
          />
        ) : (
          <Suspense fallback={<Waiting rows={10} minHeight={400} />}>
            <GuideText text={text} onOpen={onOpen} />
          </Suspense>
        )
      }
    </Loaded>
  );
}
