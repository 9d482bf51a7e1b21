import { REFUSALS } from '#lib/openapi/refusals.ts'
import styles from './docs.module.css'
import { InWords } from './in-words.tsx'

/** Rules that apply to every call. */
export function Shared() {
  return (
    <section id="rules" className={styles.area} aria-labelledby="rules-title">
      <h2 id="rules-title">Rules for every call</h2>
      <ul className={styles.rules}>
        <li>
          <code>Authorization: Api-Key …</code>, or <code>Authorization: Bearer …</code> with a person’s
          access token. Use it only from a backend: anyone who has the key can read the samples.
        </li>
        <li>Every path works with and without its trailing slash, and never redirects.</li>
        <li>
          A POST with <code>Idempotency-Key</code> can be repeated for 24 hours: it returns the first answer,
          and nothing happens twice. This does not apply where the answer contains a secret.
        </li>
        <li>
          Lists take <code>limit</code> and <code>offset</code> and return <code>meta</code> and{' '}
          <code>results</code>.
        </li>
        <li>
          A refusal is JSON: <code>{'{"detail": "…"}'}</code>, or messages for each field,{' '}
          <code>{'{"expires_in": ["…"]}'}</code>. Every answer has a <code>Request-Id</code>: quote it when
          you contact us.
        </li>
        <li>Answers may gain fields. What you are not allowed to see returns 404.</li>
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
