import { App, AutoComplete, Form, Input, Modal, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type Product, type ProductIn, useSaveProduct } from "../../api/products";
import { Refusal } from "../../kit/Refusal";

interface Groups {
  categories: { name: string }[];
  brands: { name: string }[];
}

interface Props {
  product: Product | null;
  groups: Groups | undefined;
  onClose: () => void;
}

interface Values {
  code: string;
  name?: string;
  category?: string;
  brand?: string;
  is_goods: boolean;
}

/** An empty category or brand takes the old one away. */
export function ProductForm({ product, groups, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useSaveProduct();
  const submit = (values: Values) => {
    const body: ProductIn = {
      code: values.code,
      name: values.name?.trim() || null,
      category: values.category?.trim() ?? "",
      brand: values.brand?.trim() ?? "",
      is_goods: values.is_goods,
    };
    save.mutate(body, {
      onSuccess: () => {
        void message.success(t("products.saved"));
        onClose();
      },
    });
  };
  const options = (all: { name: string }[] | undefined) => (all ?? []).map((one) => ({ value: one.name }));
  const contains = (typed: string, option?: { value: string }) =>
    option?.value.toLowerCase().includes(typed.toLowerCase()) ?? false;
  return (
    <Modal
      open
      title={product ? product.name : t("products.add")}
      okText={t("products.save")}
      cancelText={t("products.cancel")}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          is_goods: true,
          ...product,
          category: product?.category ?? undefined,
          brand: product?.brand ?? undefined,
        }}
        onFinish={submit}
      >
        <Form.Item
          name="code"
          label={t("products.column.code")}
          rules={[{ required: true, whitespace: true, message: t("products.codeNeeded") }]}
        >
          <Input maxLength={64} disabled={product !== null} />
        </Form.Item>
        <Form.Item name="name" label={t("products.column.name")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="category" label={t("products.column.category")} extra={t("products.groupHelp")}>
          <AutoComplete
            allowClear
            maxLength={100}
            options={options(groups?.categories)}
            showSearch={{ filterOption: contains }}
          />
        </Form.Item>
        <Form.Item name="brand" label={t("products.column.brand")}>
          <AutoComplete
            allowClear
            maxLength={100}
            options={options(groups?.brands)}
            showSearch={{ filterOption: contains }}
          />
        </Form.Item>
        <Form.Item
          name="is_goods"
          label={t("products.isGoods")}
          valuePropName="checked"
          extra={t("products.isGoodsHelp")}
        >
          <Switch />
        </Form.Item>
      </Form>
      <Refusal error={save.error} />
    </Modal>
  );
}
