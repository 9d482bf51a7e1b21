import { Icon, type IconName } from '#components/ui/icon.tsx'
import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'
import type { SessionFacts } from '../visit/session-facts.ts'
import { betweenSentences } from '../words/languages.ts'
import type { Values } from '../words/phrase.tsx'
import { Phrase } from '../words/phrase.tsx'
import { formFor } from '../words/plural.ts'
import type { Words } from '../words/words.ts'
import { BEFORE_ARRIVAL, TRUST_ID } from './promise-stages.ts'

/**
 * Who gets the file, what for, how long it is kept and how to have it erased, with links to the partner's own pages: in
 * the same place in every stage. Projects cannot switch it off.
 */
export function TrustNote(props: ViewProps) {
  const { words, values, model } = props
  const { session, stage } = model
  if (!session) return null
  const { privacyUrl, supportUrl } = session.partner
  const before = BEFORE_ARRIVAL.includes(stage.name)
  const promises = before || stage.name === 'received'
  return (
    <footer className={styles.trust}>
      {promises && (
        <h2 className={styles.trustTitle} id={TRUST_ID} tabIndex={-1}>
          {before ? words.trust.title : words.trust.titleAfter}
        </h2>
      )}
      {promises && <Promises {...props} partner={session.partner} before={before} />}
      {(privacyUrl || supportUrl) && (
        <p className={styles.links}>
          {privacyUrl && <OutsideLink href={privacyUrl} text={words.trust.policy} values={values} />}
          {supportUrl && <OutsideLink href={supportUrl} text={words.trust.support} values={values} />}
        </p>
      )}
    </footer>
  )
}

interface PromisesProps {
  words: Words
  values: Values
  partner: SessionFacts['partner']
  /** Before the file is in, who gets it and what for; afterwards only what still applies. */
  before: boolean
}

function Promises({ words, values, partner, before }: PromisesProps) {
  const { trust } = words
  const purpose = purposeIn(words.locale, partner)
  const between = betweenSentences(words.locale)
  return (
    <ul className={styles.trustList}>
      {before && (
        <>
          <Pledge icon="lock" text={trust.who} values={values} />
          <Purpose purpose={purpose} words={words} values={values} />
          <Pledge icon="device" text={trust.check} values={values} />
        </>
      )}
      <Pledge icon="clock" text={keptFor(words, partner).join(between)} values={values} />
      {before && <Pledge icon="clock" text={trust.unfinished} values={values} />}
      <Pledge icon="trash" text={trust.erase} values={values} />
      <Pledge icon="shield" text={[trust.promise, trust.privacy].join(between)} values={values} />
    </ul>
  )
}

/** The partner's own sentence as a paragraph of its own, since it may run in another direction. */
function Purpose({
  purpose,
  words,
  values,
}: Omit<PromisesProps, 'partner' | 'before'> & { purpose: string | null }) {
  if (!purpose) return <Pledge icon="info" text={words.trust.noPurpose} values={values} />
  return (
    <li>
      <Icon name="info" />
      <div>
        <p>
          <Phrase text={words.trust.purpose} values={values} />
        </p>
        <p dir="auto">{purpose}</p>
      </div>
    </li>
  )
}

function Pledge({ icon, text, values }: { icon: IconName; text: string; values: Values }) {
  return (
    <li>
      <Icon name={icon} />
      <span>
        <Phrase text={text} values={values} />
      </span>
    </li>
  )
}

/** The purpose in the page's language where the partner has written it, by its first part too ("pt" for "pt-BR"). */
export function purposeIn(
  locale: string,
  { purpose, purposes }: Pick<SessionFacts['partner'], 'purpose' | 'purposes'>,
): string | null {
  const tags = Object.keys(purposes)
  const primary = (tag: string) => tag.toLowerCase().split('-')[0]
  const own =
    tags.find((tag) => tag.toLowerCase() === locale.toLowerCase()) ??
    tags.find((tag) => primary(tag) === primary(locale))
  return (own && purposes[own]) || purpose
}

/** How long the file and the results are kept: in one sentence if it is the same for both. */
export function keptFor(
  { locale, trust }: Words,
  { rawFileDays, deliverableDays }: Pick<SessionFacts['partner'], 'rawFileDays' | 'deliverableDays'>,
): string[] {
  const after = (forms: Words['trust']['keptFile'], days: number) =>
    formFor(locale, forms, days).replace('{n}', new Intl.NumberFormat(locale).format(days))
  if (rawFileDays === deliverableDays) {
    return [rawFileDays === null ? trust.keptBothUntil : after(trust.keptBoth, rawFileDays)]
  }
  return [
    rawFileDays === null ? trust.keptFileUntil : after(trust.keptFile, rawFileDays),
    deliverableDays === null ? trust.keptResultsUntil : after(trust.keptResults, deliverableDays),
  ]
}

/** Opens in its own tab, so that a running upload is not lost. */
function OutsideLink({ href, text, values }: { href: string; text: string; values: Values }) {
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer">
      <span>
        <Phrase text={text} values={values} />
      </span>
    </a>
  )
}
