import { connection } from 'next/server'
import styles from './plain-page.module.css'

/** There is nothing at this address. */
export default async function NotFoundPage() {
  await connection()
  return (
    <main className={styles.page}>
      <h1>There is nothing here</h1>
      <p>The address may have been cut off when it was copied. Open your link again from where you got it.</p>
    </main>
  )
}
