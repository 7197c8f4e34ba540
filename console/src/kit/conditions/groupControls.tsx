import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { ActionProps, CombinatorSelectorProps, NotToggleProps } from "react-querybuilder";
import styles from "./conditions.module.css";
import { knownOf } from "./context";
import { complaintsAt } from "./tree";

export function Combinator({
  value,
  handleOnChange,
  disabled,
  rules,
  path,
  context,
}: CombinatorSelectorProps) {
  const { t } = useTranslation();
  if (rules.length < 2) return <Complaints path={path} context={context} />;
  return (
    <>
      <Segmented
        aria-label={t("conditions.combinator")}
        value={value}
        disabled={disabled}
        onChange={handleOnChange}
        options={[
          { value: "and", label: t("conditions.all") },
          { value: "or", label: t("conditions.any") },
        ]}
      />
      <Complaints path={path} context={context} />
    </>
  );
}

export function NotToggle({ checked, handleOnChange, disabled, ruleGroup }: NotToggleProps) {
  const { t } = useTranslation();
  if (ruleGroup.rules.length === 0) return null;
  return (
    <Tooltip title={t("conditions.notHint")}>
      <Button
        size="small"
        type={checked ? "primary" : "default"}
        ghost={checked}
        aria-pressed={checked}
        disabled={disabled}
        onClick={() => handleOnChange(!checked)}
      >
        {t("conditions.not")}
      </Button>
    </Tooltip>
  );
}

export function AddRule({ handleOnClick, disabled, rules }: ActionProps) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      icon={<PlusOutlined />}
      disabled={disabled}
      onClick={(event) => handleOnClick(event)}
    >
      {t(rules?.length === 0 ? "conditions.start" : "conditions.addRule")}
    </Button>
  );
}

export function AddGroup({ handleOnClick, disabled, rules, level, schema }: ActionProps) {
  const { t } = useTranslation();
  if (rules?.length === 0 || level + 1 >= schema.maxLevels) return null;
  return (
    <Button
      size="small"
      type="text"
      icon={<PlusOutlined />}
      disabled={disabled}
      onClick={(e) => handleOnClick(e)}
    >
      {t("conditions.addGroup")}
    </Button>
  );
}

export function RemoveRule({ handleOnClick, disabled, path, context }: ActionProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        size="small"
        type="text"
        className={styles.remove}
        icon={<CloseOutlined />}
        aria-label={t("conditions.removeRule")}
        disabled={disabled}
        onClick={(event) => handleOnClick(event)}
      />
      <Complaints path={path} context={context} />
    </>
  );
}

export function RemoveGroup({ handleOnClick, disabled }: ActionProps) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      type="text"
      className={styles.remove}
      icon={<CloseOutlined />}
      aria-label={t("conditions.removeGroup")}
      disabled={disabled}
      onClick={(event) => handleOnClick(event)}
    />
  );
}

function Complaints({ path, context }: { path: number[]; context: unknown }) {
  const told = complaintsAt(path, knownOf(context).errors);
  if (told.length === 0) return null;
  return (
    <div className={styles.complaint} role="alert">
      {told.join(" ")}
    </div>
  );
}
