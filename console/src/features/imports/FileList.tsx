import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./imports.module.css";

interface Props {
  files: File[];
  roles: (string | null)[] | undefined;
  isLooking: boolean;
  isOwn: boolean;
  onRemove: (file: File) => void;
}

/** The files of one import, and what each was recognised as. */
export function FileList({ files, roles, isLooking, isOwn, onRemove }: Props) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const role = (place: number) => {
    if (isLooking || isOwn) return null;
    const found = roles?.[place];
    if (!found) return <Swatch tone="warn">{t("imports.role.unknown")}</Swatch>;
    return (
      <Swatch tone="good">
        {t(`imports.role.${found}`, { defaultValue: t("imports.role.joined", { name: found }) })}
      </Swatch>
    );
  };
  return (
    <ul className={styles.files}>
      {files.map((file, place) => (
        <li key={`${file.name} ${file.size}`}>
          <span className={styles.file}>
            {file.name} <small>{bytes(file.size)}</small>
          </span>
          {role(place)}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t("imports.removeFile", { name: file.name })}
            onClick={() => onRemove(file)}
          />
        </li>
      ))}
    </ul>
  );
}
