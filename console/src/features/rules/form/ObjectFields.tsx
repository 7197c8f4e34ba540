import styles from "../rules.module.css";
import { useDrawing } from "./context";
import { SchemaField } from "./SchemaField";
import { type Node, plain, type Values } from "./schema";

interface Props {
  node: Node;
  pointer: string;
  value: Values;
  onChange: (value: Values) => void;
  /** Only these, in this order; everything without it. */
  only?: string[];
}

const wide = new Set(["condition", "tiers"]);

/** The fields of an object. What can only have one value asks nothing. */
export function ObjectFields({ node, pointer, value, onChange, only }: Props) {
  const { defs } = useDrawing();
  const names = only ?? Object.keys(node.properties ?? {});
  return (
    <div className={styles.fields}>
      {names.map((name) => {
        const field = node.properties?.[name];
        if (!field || field.const !== undefined || isIdle(name, value)) return null;
        const read = plain(field, defs);
        const isWide = wide.has(read.control ?? "") || Boolean(plain(read.items ?? {}, defs).properties);
        return (
          <div key={name} className={isWide ? styles.wide : undefined}>
            <SchemaField
              name={name}
              node={field}
              pointer={`${pointer}/${name}`}
              value={value[name]}
              beside={value}
              onChange={(next) => onChange({ ...value, [name]: next })}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Fields that mean nothing beside what was chosen elsewhere. */
function isIdle(name: string, value: Values): boolean {
  if (name === "event") return value.activity !== "custom";
  return name === "per_minor" && "gives_for" in value && value.gives_for !== "per_amount";
}
