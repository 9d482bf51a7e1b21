import { Fragment } from 'react'

/** A sentence in which text between backticks is code. */
export function InWords({ text }: { text: string }) {
  return text
    .split('`')
    .map((part, place) => ({ part, key: `${place} ${part}`, name: place % 2 === 1 }))
    .map(({ part, key, name }) =>
      name ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>,
    )
}
