import { isValidElement, type ReactNode } from "react";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { linkTo, pictureAt, placeOf } from "./guides";
import styles from "./help.module.css";
import { joined } from "./joined";

interface Props {
  text: string;
  onOpen: (page: string, place?: string) => void;
}

/** A page of the guide as it reads. Links to other pages open them where this one stands. */
export function GuideText({ text, onOpen }: Props) {
  const heading =
    (Tag: "h1" | "h2" | "h3") =>
    ({ children }: { children?: ReactNode }) => (
      <Tag id={`guide-${placeOf(wordsOf(children))}`}>{children}</Tag>
    );
  return (
    <article className={styles.text}>
      <Markdown
        remarkPlugins={[remarkGfm]}
        components={{
          h1: heading("h1"),
          h2: heading("h2"),
          h3: heading("h3"),
          a: ({ href = "", children }) => (
            <GuideLink address={href} onOpen={onOpen}>
              {children}
            </GuideLink>
          ),
          img: ({ src, alt }) => <img src={pictureAt(String(src))} alt={alt ?? ""} loading="lazy" />,
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, with the keys too
          pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
          table: ({ children }) => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, with the keys too
            <div className={styles.wide} tabIndex={0}>
              <table>{children}</table>
            </div>
          ),
        }}
      >
        {joined(text)}
      </Markdown>
    </article>
  );
}

function GuideLink({
  address,
  onOpen,
  children,
}: {
  address: string;
  onOpen: Props["onOpen"];
  children?: ReactNode;
}) {
  const { page, place, outside } = linkTo(address);
  if (outside) {
    return (
      <a href={outside} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  }
  // What is written for programmers lies beside the program and not in the console.
  if (!page && !place) return <em>{children}</em>;
  return (
    <a
      href={page ? `/help/${page}${place ? `?at=${place}` : ""}` : `#${place}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        if (page) onOpen(page, place);
        else showPlace(place);
      }}
    >
      {children}
    </a>
  );
}

export function showPlace(place: string | undefined): void {
  if (place)
    document.getElementById(`guide-${decodeURIComponent(place)}`)?.scrollIntoView({ block: "start" });
}

/** The words of a heading without its marks. */
function wordsOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(wordsOf).join("");
  if (isValidElement<{ children?: ReactNode }>(node)) return wordsOf(node.props.children);
  return typeof node === "string" || typeof node === "number" ? String(node) : "";
}
