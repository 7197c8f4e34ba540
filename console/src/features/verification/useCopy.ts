import { App } from "antd";

/** Puts a text where it can be pasted from. Pages without encryption have no clipboard of their own. */
export function useCopy(): (text: string, told: string) => Promise<void> {
  const { message } = App.useApp();
  return async (text, told) => {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelecting(text);
    void message.success(told);
  };
}

function copyBySelecting(text: string): void {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
