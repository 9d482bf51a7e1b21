import type { Metadata } from 'next'
import { connection } from 'next/server'
import { type Operation, TAGS } from '#lib/openapi/operation.ts'
import { OPERATIONS } from '#lib/openapi/operations.ts'
import { readWalkthroughs } from '#lib/openapi/read-walkthroughs.ts'
import styles from './docs.module.css'
import { OperationSection } from './operation-section.tsx'
import { Programs } from './programs.tsx'
import { Shared } from './shared-rules.tsx'
import { slugOf } from './slug-of.ts'

export const metadata: Metadata = { title: 'Partner API – Arraydrop' }

const AREAS = Object.entries(TAGS).map(([tag, words]) => ({
  tag,
  words,
  operations: OPERATIONS.filter((operation) => operation.tag === tag),
}))

/** The partner API for people: what programs read in `/api/v2/openapi.json`, from the same source. */
export default async function DocsPage() {
  // Drawn for each request, so that its scripts carry the nonce of the page's policy.
  await connection()
  const walkthroughs = await readWalkthroughs()
  return (
    <div className={styles.layout}>
      <nav className={styles.contents} aria-label="Contents">
        <a href="#start">Start</a>
        <a href="#rules">Rules for every call</a>
        {AREAS.map(({ tag, operations }) => (
          <Contents key={tag} tag={tag} operations={operations} />
        ))}
      </nav>
      <main className={styles.main}>
        <h1>Partner API</h1>
        <p className={styles.lead}>
          Three steps: mint a link, send the person to it, learn the outcome. The same is available for
          programs in <a href="/api/v2/openapi.json">openapi.json</a>.
        </p>
        <section id="start" className={styles.area} aria-labelledby="start-title">
          <h2 id="start-title">Start</h2>
          <p>
            Make a key with <code>npx arraydrop admin create-api-key --project demo --role manager</code>. All
            examples read it from <code>ARRAYDROP_API_KEY</code>, and the address of this service from{' '}
            <code>ARRAYDROP_HOST</code>.
          </p>
          {walkthroughs.map(({ name, title, words, programs }) => (
            <article key={name} id={name} className={styles.operation} aria-labelledby={`${name}-title`}>
              <h3 id={`${name}-title`}>{title}</h3>
              <p>{words}</p>
              <Programs of={name} programs={programs} open />
            </article>
          ))}
        </section>
        <Shared />
        {AREAS.map(({ tag, words, operations }) => (
          <section
            key={tag}
            id={slugOf(tag)}
            className={styles.area}
            aria-labelledby={`${slugOf(tag)}-title`}
          >
            <h2 id={`${slugOf(tag)}-title`}>{tag}</h2>
            <p>{words}</p>
            {operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </main>
    </div>
  )
}

function Contents({ tag, operations }: { tag: string; operations: readonly Operation[] }) {
  return (
    <>
      <a href={`#${slugOf(tag)}`}>{tag}</a>
      <ul className={styles.list}>
        {operations.map(({ id, summary }) => (
          <li key={id}>
            <a href={`#${id}`}>{summary}</a>
          </li>
        ))}
      </ul>
    </>
  )
}
