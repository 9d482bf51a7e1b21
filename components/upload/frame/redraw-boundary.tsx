import { Component, Fragment, type ReactNode } from 'react'
import { HEADING_ID } from '../stages/stage-heading.tsx'

/** More failures than this in a row are no accident of one node, and the page around may say so. */
const FAILURES_MAX = 20

interface State {
  failures: number
  error: unknown
}

/**
 * Draws its children from scratch when drawing fails: translators and extensions move nodes that React then does not find.
 * The visit is kept outside, so the upload continues behind it and nothing is said to have failed.
 */
export class RedrawBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failures: 0, error: null }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  override componentDidCatch(): void {
    this.setState(({ failures }) => ({ failures: failures + 1, error: null }))
  }

  override componentDidUpdate(_: unknown, { failures }: State): void {
    // What had the focus is gone.
    if (failures !== this.state.failures && document.activeElement === document.body) {
      document.getElementById(HEADING_ID)?.focus()
    }
  }

  override render(): ReactNode {
    const { failures, error } = this.state
    if (failures > FAILURES_MAX) throw error ?? new Error('The page cannot be drawn')
    return error ? null : <Fragment key={failures}>{this.props.children}</Fragment>
  }
}
