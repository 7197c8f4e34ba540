const wide = "[\\p{Script=Han}，。；：、！？（）“”《》【】…—]";
const isWideAtEnd = new RegExp(`${wide}$`, "u");
const isWideAtStart = new RegExp(`^${wide}`, "u");
const begins = /^\s*([-*+>#|]\s|\d+[.)]\s|\||!\[|```)/;

/** A text whose Chinese lines are joined: a line break within a paragraph would stand there as a space. */
export function joined(text: string): string {
  const lines: string[] = [];
  let isCode = false;
  for (const line of text.split("\n")) {
    const before = lines.at(-1) ?? "";
    const isFence = line.trimStart().startsWith("```");
    const goesOn = isWideAtEnd.test(before) && isWideAtStart.test(line.trimStart());
    if (!isCode && !isFence && goesOn && !begins.test(line) && !/^\s*([#|]|```)/.test(before)) {
      lines[lines.length - 1] = before + line.trimStart();
    } else {
      lines.push(line);
    }
    if (isFence) isCode = !isCode;
  }
  return lines.join("\n");
}
