import { Notice } from '#components/ui/notice.tsx'
import { directionOf } from '#lib/wire/pick-language.ts'
import styles from '../stages/stages.module.css'
import viewStyles from '../upload-view.module.css'
import type { Words } from '../words/words.ts'
import { PANEL_ID } from './early-visit.ts'

/** The page where no scripts run, in place of a panel whose button would lead nowhere. */
export function NoScriptNotice({ words, nonce }: { words: Words; nonce: string | undefined }) {
  return (
    <>
      <style nonce={nonce}>{`#${PANEL_ID}{display:none}`}</style>
      <div
        className={`${viewStyles.page} ${viewStyles.single}`}
        lang={words.locale}
        dir={directionOf(words.locale)}
      >
        <main className={viewStyles.card}>
          <div className={viewStyles.stage}>
            <h1 className={styles.heading}>{words.start.heading}</h1>
            <Notice tone="attention">
              <p>{words.noScript}</p>
            </Notice>
          </div>
        </main>
      </div>
    </>
  )
}
