import { Form, Modal } from "antd";
import { Refusal } from "../Refusal";
import { NameFields } from "./NameFields";
import type { Names } from "./names";

interface Props {
  title: string;
  action: string;
  start: Names;
  /** Told under the code. Without it no code is asked for. */
  codeHelp?: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: (names: Names) => void;
  onClose: () => void;
}

/** What a thing is called; and for a new one, its code. */
export function NamesDialog({ title, action, start, codeHelp, isBusy, error, onSubmit, onClose }: Props) {
  const [form] = Form.useForm<Names>();
  return (
    <Modal
      open
      title={title}
      okText={action}
      okButtonProps={{ loading: isBusy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Names>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start}
        onFinish={(names) => onSubmit({ ...start, ...names })}
      >
        <NameFields codeHelp={codeHelp} />
        <Refusal error={error} />
        <button type="submit" hidden aria-label={action} />
      </Form>
    </Modal>
  );
}
