import { Link } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { parseSearch, splitAddress } from "./urlState";

interface Props {
  /** Path with its query, as it would stand in the address bar. */
  to: string;
  className?: string;
  title?: string;
  onClick?: (event: MouseEvent) => void;
  children: ReactNode;
}

/** A link inside the console. Routes are put together from the features at run time, so the router cannot type their queries. */
export function Go({ to, className, title, onClick, children }: Props) {
  const { path, query } = splitAddress(to);
  return (
    <Link
      to={path}
      search={parseSearch(query) as never}
      className={className}
      title={title}
      onClick={onClick}
    >
      {children}
    </Link>
  );
}
