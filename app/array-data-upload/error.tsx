'use client'

import { type ComponentProps, type ComponentType, useEffect, useState } from 'react'
import type { UndrawablePage } from '#components/upload/frame/undrawable-page.tsx'
import styles from '../plain-page.module.css'

/** The upload page broke. What went wrong stays in the server's log, never on the screen. Its words are fetched when it is needed. */
export default function UploadErrorPage({ reset }: { error: Error; reset: () => void }) {
  const [Words, setWords] = useState<ComponentType<ComponentProps<typeof UndrawablePage>> | null>(null)
  useEffect(() => {
    import('#components/upload/frame/undrawable-page.tsx').then(
      (loaded) => setWords(() => loaded.UndrawablePage),
      () => undefined,
    )
  }, [])
  if (Words) return <Words className={styles.page} again={reset} />
  return (
    <main className={styles.page}>
      <h1>Something went wrong</h1>
    </main>
  )
}
