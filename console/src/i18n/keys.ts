/** All paths to texts in a tree of texts: "members.column.tier". */
type Leaves<Tree, Prefix extends string = ""> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Prefix}${Key}`
    : Leaves<Tree[Key], `${Prefix}${Key}.`>;
}[keyof Tree & string];

export type TextKey = Leaves<import("./zh").Texts>;
