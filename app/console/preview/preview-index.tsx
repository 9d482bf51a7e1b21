import { PAGE_STATES, queryOf } from '#components/upload/page-states.ts'
import styles from '../../plain-page.module.css'

/** Links to every state, left to right and right to left. */
export function PreviewIndex() {
  return (
    <main className={styles.page}>
      <h1>Every state of the upload page</h1>
      <p>{`${PAGE_STATES.length} states`}</p>
      <ul className={styles.list}>
        {PAGE_STATES.map((each) => {
          const query = queryOf(each)
          const name = [each.state, each.reason, each.detail, each.variant].filter(Boolean).join(' · ')
          return (
            <li key={query}>
              <a href={`/console/preview?${query}`}>{name}</a>{' '}
              <a href={`/console/preview?${query}&dir=rtl`} aria-label={`${name}, right to left`}>
                rtl
              </a>
            </li>
          )
        })}
      </ul>
    </main>
  )
}
