'use client'

import { Button } from '#components/ui/button.tsx'
import styles from './plain-page.module.css'

/** A page that broke. What went wrong stays in the server's log, never on the screen. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className={styles.page}>
      <h1>Something went wrong on our side</h1>
      <p>Please try again. If it happens twice, come back in a few minutes.</p>
      <div>
        <Button onClick={reset}>Try again</Button>
      </div>
    </main>
  )
}
