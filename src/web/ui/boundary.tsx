import { Component, type ReactNode } from "react";
import { words } from "../words.ts";

/** Keeps what fails in a part of the page from taking the rest with it: a part that could not be fetched, or a fault of ours. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: string | undefined }> {
  override state: { readonly failed: string | undefined } = { failed: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return (
      <div className="notice" role="alert">
        <p>{words.partFailed(failed)}</p>
        <button type="button" onClick={() => location.reload()}>
          {words.loadAnew}
        </button>
      </div>
    );
  }
}
