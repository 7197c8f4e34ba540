import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponTemplateDetail, useChangeCoupon } from "../../api/coupons";
import { useGo } from "../../kit/useGo";
import styles from "./coupons.module.css";
import type { Open } from "./TemplatePage";

interface Props {
  template: CouponTemplateDetail;
  onOpen: (what: Open) => void;
}

export function TemplateActions({ template, onOpen }: Props) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const go = useGo();
  const change = useChangeCoupon();
  const { code, state, version: seen, terms_version } = template;
  const act = (what: "pause" | "resume" | "close" | "remove", done: string, after?: () => void) =>
    change.mutateAsync({ what, code, seen }).then(
      () => {
        void message.success(done);
        after?.();
      },
      (error: Error) => void message.error(error.message),
    );
  const askPause = () =>
    modal.confirm({
      title: t("coupons.page.pauseAsk"),
      content: t("coupons.stateHelp.paused"),
      okText: t("coupons.page.pause"),
      onOk: () => act("pause", t("coupons.page.done.paused")),
    });
  const askClose = () =>
    modal.confirm({
      title: t("coupons.page.closeAsk"),
      content: t("coupons.page.closeHint"),
      okText: t("coupons.page.close"),
      okButtonProps: { danger: true },
      onOk: () => act("close", t("coupons.page.done.closed")),
    });
  const askRemove = () =>
    modal.confirm({
      title: t("coupons.page.removeAsk"),
      content: t("coupons.page.removeHint"),
      okText: t("coupons.page.remove"),
      okButtonProps: { danger: true },
      onOk: () => act("remove", t("coupons.page.removed"), () => go("/loyalty/coupons")),
    });
  const items = [
    { key: "rename", label: t("coupons.page.rename"), onClick: () => onOpen("rename") },
    { key: "copy", label: t("coupons.page.copy"), onClick: () => onOpen("copy") },
    state === "published" && { key: "pause", label: t("coupons.page.pause"), onClick: () => void askPause() },
    state === "paused" && {
      key: "resume",
      label: t("coupons.page.resume"),
      onClick: () => void act("resume", t("coupons.page.done.resumed")),
    },
    (state === "published" || state === "paused") && {
      key: "close",
      danger: true,
      label: t("coupons.page.close"),
      onClick: () => void askClose(),
    },
    terms_version === 0 && {
      key: "remove",
      danger: true,
      label: t("coupons.page.remove"),
      onClick: () => void askRemove(),
    },
  ].filter((item) => item !== false);
  return (
    <div className={styles.buttons}>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button icon={<MoreOutlined />} aria-label={t("coupons.page.more")} />
      </Dropdown>
      {state !== "closed" && (
        <Button
          type={template.has_draft ? "default" : "primary"}
          onClick={() => go(`/loyalty/coupons/${code}/edit`)}
        >
          {t("coupons.page.edit")}
        </Button>
      )}
    </div>
  );
}
