import { FileTextOutlined, InboxOutlined } from "@ant-design/icons";
import { App, Button, Tag, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "../../api/files";
import {
  type ProgrammeDiff,
  useCompareProgramme,
  useImportProgramme,
  useProgrammeFile,
} from "../../api/rules";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { Changes } from "./Changes";
import styles from "./rules.module.css";

/** The whole programme as one file: out of this installation, or into it. */
export function ProgrammePage() {
  const { t } = useTranslation();
  const may = useMay();
  const file = useProgrammeFile();
  const download = () =>
    file.mutate(undefined, {
      onSuccess: ({ yaml }) =>
        void save(Promise.resolve(new Blob([yaml], { type: "application/yaml" })), "programme.yaml"),
    });
  return (
    <Page title={t("rules.programme.title")} purpose={t("rules.programme.purpose")}>
      <div className={styles.page}>
        <Card title={t("rules.programme.exportTitle")} note={t("rules.programme.exportHint")}>
          <Refusal error={file.error} />
          <Button type="primary" loading={file.isPending} onClick={download}>
            {t("rules.programme.export")}
          </Button>
        </Card>
        {may("programme.import") && <Importing />}
      </div>
    </Page>
  );
}

function Importing() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const [chosen, setChosen] = useState<{ name: string; yaml: string } | null>(null);
  const compare = useCompareProgramme();
  const take = useImportProgramme();
  const choose = async (picked: File) => {
    const yaml = await picked.text();
    setChosen({ name: picked.name, yaml });
    take.reset();
    compare.mutate(yaml);
  };
  const submit = (diff: ProgrammeDiff, yaml: string) =>
    modal.confirm({
      title: t("rules.programme.importAsk", { count: diff.changes }),
      content: t("rules.programme.importSure"),
      okText: t("rules.programme.import"),
      onOk: () =>
        take.mutateAsync({ yaml, fromDay: null }).then(
          (done) => {
            void message.success(t("rules.programme.done", { count: done.changes }));
            setChosen(null);
            compare.reset();
          },
          () => undefined,
        ),
    });
  return (
    <Card title={t("rules.programme.importTitle")} note={t("rules.programme.importHint")}>
      {/* The field fills what it stands in, so it stands in something of its own. */}
      <div>
        <Upload.Dragger
          accept=".yaml,.yml"
          multiple={false}
          showUploadList={false}
          beforeUpload={(picked) => {
            void choose(picked);
            return false;
          }}
        >
          {chosen ? <FileTextOutlined /> : <InboxOutlined />}
          <div>{chosen?.name ?? t("rules.programme.drop")}</div>
        </Upload.Dragger>
      </div>
      <Refusal error={compare.error ?? take.error} />
      {chosen && compare.data && (
        <div className={styles.page} style={{ marginTop: 16 }}>
          <Diff diff={compare.data} />
          {compare.data.changes > 0 && (
            <div>
              <Button
                type="primary"
                loading={take.isPending}
                onClick={() => submit(compare.data, chosen.yaml)}
              >
                {t("rules.programme.import")}
              </Button>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

function Diff({ diff }: { diff: ProgrammeDiff }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  if (diff.changes === 0) return <p>{t("rules.programme.nothing")}</p>;
  return (
    <>
      <b>{t("rules.programme.changes", { count: diff.changes })}</b>
      {diff.parts.map((part) =>
        part.changes.map((change) => (
          <section key={`${part.key} ${change.code}`}>
            <h3>
              <Tag>{t(`rules.programme.kind.${change.kind}`)}</Tag>
              {name(part.name)} · {name(change.name)}
            </h3>
            <Changes changes={change.lines} />
          </section>
        )),
      )}
    </>
  );
}
