import { App, AutoComplete, Form, Input, InputNumber, Modal, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type Product, type ProductIn, useSaveProduct } from "../../api/products";
import { useSystem } from "../../api/system";
import { minorDigits } from "../../kit/format";
import { Refusal } from "../../kit/Refusal";
import styles from "./products.module.css";

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
  price?: number | null;
  barcodes?: string[];
}

/** An empty category, brand or price takes the old one away. */
export function ProductForm({ product, groups, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useSaveProduct();
  const { data: system } = useSystem();
  const digits = minorDigits(system?.currency ?? "CNY");
  const submit = (values: Values) => {
    const body: ProductIn = {
      code: values.code,
      name: values.name?.trim() || null,
      category: values.category?.trim() ?? "",
      brand: values.brand?.trim() ?? "",
      is_goods: values.is_goods,
      price_minor: values.price == null ? null : Math.round(values.price * 10 ** digits),
      barcodes: values.barcodes ?? [],
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
          price: product?.price_minor == null ? null : product.price_minor / 10 ** digits,
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
        <Form.Item name="price" label={t("products.column.price")} extra={t("products.priceHelp")}>
          <InputNumber className={styles.full} min={0} max={10_000_000} precision={digits} />
        </Form.Item>
        <Form.Item name="barcodes" label={t("products.column.barcodes")} extra={t("products.barcodesHelp")}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={20}
            tokenSeparators={[" ", ",", "，"]}
          />
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
