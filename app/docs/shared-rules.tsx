import { REFUSALS } from '#lib/openapi/refusals.ts'
import styles from './docs.module.css'
import { InWords } from './in-words.tsx'

/** What holds for every call. */
export function Shared() {
  return (
    <section id="rules" className={styles.area} aria-labelledby="rules-title">
      <h2 id="rules-title">Rules of every call</h2>
      <ul className={styles.rules}>
        <li>
          <code>Authorization: Api-Key …</code>, or <code>Authorization: Bearer …</code> with a person’s
          access token. From a backend only: whoever has the key sees the samples.
        </li>
        <li>Every path works with and without its trailing slash, and never redirects.</li>
        <li>
          A POST with <code>Idempotency-Key</code> can be repeated for 24 hours: the first answer comes again,
          and nothing happens twice. Not where the answer is a secret.
        </li>
        <li>
          Lists take <code>limit</code> and <code>offset</code> and answer <code>meta</code> and{' '}
          <code>results</code>.
        </li>
        <li>
          A refusal is JSON: <code>{'{"detail": "…"}'}</code>, or messages for each field,{' '}
          <code>{'{"expires_in": ["…"]}'}</code>. Every answer has a <code>Request-Id</code>: name it when you
          ask us.
        </li>
        <li>Answers may gain fields. What you may not see does not exist: 404.</li>
      </ul>
      <dl className={styles.refusals}>
        {Object.entries(REFUSALS).map(([status, { words }]) => (
          <div key={status}>
            <dt>{status}</dt>
            <dd>
              <InWords text={words} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
