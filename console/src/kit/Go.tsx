import { Link } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { parseSearch, splitAddress } from "./urlState";

interface Props {
  /** Path with its query, as it would stand in the address bar. */
  to: string;
  className?: string;
  title?: string;
  /** Marked as the present page on this page alone, not on those below it. */
  isExact?: boolean;
  onClick?: (event: MouseEvent) => void;
  children: ReactNode;
}

/** A link inside the console. Routes are put together from the features at run time, so the router cannot type their queries. */
export function Go({ to, className, title, isExact = false, onClick, children }: Props) {
  const { path, query } = splitAddress(to);
  return (
    <Link
      to={path}
      search={parseSearch(query) as never}
      className={className}
      title={title}
      activeOptions={{ exact: isExact, includeSearch: !isExact }}
      onClick={onClick}
    >
      {children}
    </Link>
  );
}
