import type { Metadata } from 'next'
import { connection } from 'next/server'
import { VENDOR_NAMES } from '#lib/genotype/vendors.ts'
import styles from './plain-page.module.css'

const VENDORS_LISTED = new Intl.ListFormat('en-GB').format(VENDOR_NAMES)

export const metadata: Metadata = { title: 'Arraydrop' }

/** What runs here, for whoever comes by without a link. */
export default async function HomePage() {
  // Drawn for each request, so that its scripts carry the nonce of the page's policy.
  await connection()
  return (
    <main className={styles.page}>
      <h1>Arraydrop</h1>
      <p className={styles.lead}>
        A safe way to hand raw DNA data files from {VENDORS_LISTED} to a service you trust.
      </p>
      <p>
        Uploading starts with a personal link from that service. If you were looking for your upload page,
        open the link in the message you got.
      </p>
      <p>
        For partners: <a href="/docs">the API</a>. For whoever runs it: <a href="/console">the console</a>,{' '}
        <a href="/api/health">is it working?</a>
      </p>
    </main>
  )
}
