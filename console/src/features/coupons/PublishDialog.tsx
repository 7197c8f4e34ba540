import { App, Modal } from "antd";
import { useTranslation } from "react-i18next";
import {
  type CouponTemplateDetail,
  useChangeCoupon,
  useCouponPreview,
  useCouponVersions,
} from "../../api/coupons";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { Changed } from "./Changed";
import styles from "./coupons.module.css";
import { Sentences } from "./Sentences";

interface Props {
  template: CouponTemplateDetail;
  onClose: () => void;
}

/** What changes for coupons from now on, and the one button that makes it so for ever. */
export function PublishDialog({ template, onClose }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const preview = useCouponPreview(template.code, template.draft ?? {}, template.issuing);
  const versions = useCouponVersions(template.code);
  const publish = useChangeCoupon();
  const isFirst = template.terms_version === 0;
  const isSound = preview.data?.problems.length === 0;
  return (
    <Modal
      open
      width={560}
      title={t("coupons.publish.title", { name: name(template.name) })}
      okText={t("coupons.publish.do")}
      cancelText={t("coupons.publish.cancel")}
      okButtonProps={{ loading: publish.isPending, disabled: !isSound }}
      onCancel={onClose}
      onOk={() =>
        publish.mutate(
          { what: "publish", code: template.code, seen: template.version },
          {
            onSuccess: () => {
              void message.success(t("coupons.publish.done"));
              onClose();
            },
          },
        )
      }
    >
      <Loaded of={preview} rows={4} minHeight={160}>
        {({ problems }) =>
          problems.length > 0 && (
            <>
              <p>{t("coupons.publish.problems")}</p>
              <ul className={styles.problems}>
                {problems.map((problem) => (
                  <li key={problem.pointer + problem.detail}>{problem.detail}</li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {isSound && (
        <>
          <p>{t(isFirst ? "coupons.publish.first" : "coupons.publish.again")}</p>
          <Loaded of={versions} rows={3} minHeight={120}>
            {({ draft }) =>
              isFirst ? <Sentences of={draft?.sentences ?? []} /> : draft && <Changed version={draft} />
            }
          </Loaded>
        </>
      )}
      <Refusal error={publish.error} />
    </Modal>
  );
}
