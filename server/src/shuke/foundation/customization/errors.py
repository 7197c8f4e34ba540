"""What custom fields refuse, and what to do about it. No message repeats a value that was sent."""

from shuke.platform.errors import AppError


class FieldNotFound(AppError):
    """No such field."""

    code = "custom_fields.not_found"
    status = 404
    title = {"zh": "没有这个字段", "en": "No such field"}
    detail = {
        "zh": "没有找到这个自定义字段。请刷新字段列表后再试。",
        "en": "This custom field was not found. Reload the list of fields and try again.",
    }


class KeyTaken(AppError):
    """A key that another field has, perhaps an archived one; keys are never given twice."""

    code = "custom_fields.key_taken"
    status = 409
    title = {"zh": "字段代码已被使用", "en": "Key already used"}
    detail = {
        "zh": "代码 {key} 已有字段在用（可能已归档）。请换一个，或恢复原来的字段。",
        "en": "A field, perhaps an archived one, has the key {key}. Choose another key, or bring that field back.",
    }


class BadDefinition(AppError):
    """A definition that contradicts itself."""

    code = "custom_fields.bad_definition"
    title = {"zh": "字段设置有误", "en": "The field's settings do not fit"}
    detail = {
        "zh": "字段设置互相矛盾，请按各项提示修改。",
        "en": "Some settings of the field do not fit together. Correct what is marked.",
    }


class TooManyFields(AppError):
    """The shop has as many fields as there can be."""

    code = "custom_fields.too_many"
    status = 409
    title = {"zh": "字段已达上限", "en": "No more fields"}
    detail = {
        "zh": "自定义字段最多 {limit} 个，其中可筛选的最多 {filterable} 个。请先归档或关闭不用的。",
        "en": "There can be {limit} custom fields, {filterable} of them filterable. Archive what is unused.",
    }


class FieldChanged(AppError):
    """The field changed since the caller read it."""

    code = "custom_fields.version_changed"
    status = 412
    title = {"zh": "字段已被修改", "en": "Changed in the meantime"}
    detail = {
        "zh": "这个字段刚被别人修改过，现在是第 {version} 版。请重新读取后再改。",
        "en": "Somebody changed this field in the meantime; it is at version {version} now. Read it again first.",
    }


class BadValue(AppError):
    """Values of custom fields that are not what the fields ask for."""

    code = "custom_fields.bad_value"
    title = {"zh": "自定义字段填写有误", "en": "A custom field does not fit"}
    detail = {
        "zh": "有自定义字段未按要求填写。请按各字段的提示修改。",
        "en": "Some custom fields are not filled in as they ask. Correct what is marked.",
    }


class NotFilterable(AppError):
    """A filter or sort by a field that has no finished index."""

    code = "custom_fields.not_filterable"
    title = {"zh": "该字段暂不能筛选", "en": "This field cannot be filtered by"}
    detail = {
        "zh": "字段 {key} 不存在，或尚未准备好筛选和排序。请在自定义字段页打开筛选，等准备完成。",
        "en": "There is no field {key}, or it is not ready for filtering and sorting. Switch that on among the custom "
        "fields, and wait until it is ready.",
    }


class BadCustomFilter(AppError):
    """A filter whose value is not of the field's kind."""

    code = "custom_fields.bad_filter"
    title = {"zh": "筛选值无效", "en": "The filter's value does not fit"}
    detail = {
        "zh": "字段 {key} 的筛选值与字段类型不符。请填写：{expected}。",
        "en": "The value for the field {key} is not of its kind. Give: {expected}.",
    }
