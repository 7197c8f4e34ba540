import { DeleteOutlined } from "@ant-design/icons";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { type Mapping, useForgetMapping } from "../../api/imports";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";

/** A format of one's own that is needed no more; those that come along stay. */
export function ForgetMapping({ mapping, onForgotten }: { mapping: Mapping; onForgotten: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const forget = useForgetMapping();
  if (mapping.is_built_in) return null;
  return (
    <>
      <Popconfirm
        title={t("imports.own.forgetAsk", { name: name(mapping.name) })}
        okText={t("imports.own.forget")}
        cancelText={t("imports.own.keep")}
        onConfirm={() => forget.mutate(mapping.code, { onSuccess: onForgotten })}
      >
        <Button type="text" size="small" icon={<DeleteOutlined />} loading={forget.isPending}>
          {t("imports.own.forget")}
        </Button>
      </Popconfirm>
      {forget.error && <Refusal error={forget.error} />}
    </>
  );
}
