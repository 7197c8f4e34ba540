import { Component, type ReactNode } from "react";

interface Props {
  /** A new value starts afresh, e.g. when someone moves on to another page. */
  resetOn: string;
  fallback: (again: () => void) => ReactNode;
  children: ReactNode;
}

interface State {
  hasFailed: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false };

  static getDerivedStateFromError(): State {
    return { hasFailed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (before.resetOn !== this.props.resetOn && this.state.hasFailed) this.setState({ hasFailed: false });
  }

  override render(): ReactNode {
    return this.state.hasFailed
      ? this.props.fallback(() => this.setState({ hasFailed: false }))
      : this.props.children;
  }
}
