import styles from "./MemberAvatar.module.css";

/** Chinese names show their last two characters, as colleagues call each other; others their initials. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (/^[\u3400-\u9fff·]+$/.test(trimmed)) return [...trimmed].slice(-2).join("");
  return trimmed
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}

interface Props {
  id: number;
  name: string;
  size?: number;
}

export function MemberAvatar({ id, name, size = 28 }: Props) {
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      data-hue={(id % 6) + 1}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}
    >
      {initials(name)}
    </span>
  );
}
