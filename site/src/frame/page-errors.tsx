import { Component, type ReactNode } from 'react';

/** A page that could not be loaded, or that failed, is told in a sentence; the frame stays. */
export class PageErrors extends Component<{ children: ReactNode }, { problem?: string }> {
  override state: { problem?: string } = {};

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div className="page">
        <div className="notice bad" role="alert">
          <strong>This page could not be shown</strong>
          <p>
            Reload it; if that does not help, the site may have been renewed or the network is down.
          </p>
          <p className="quiet">{problem}</p>
          <div className="row">
            <button type="button" className="button" onClick={() => window.location.reload()}>
              Reload
            </button>
          </div>
        </div>
      </div>
    );
  }
}
