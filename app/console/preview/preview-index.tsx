import { PAGE_STATES, type PageState, queryOf } from '#components/upload/preview/page-states.ts'
import type { Wanted } from '#components/upload/preview/preview-view.tsx'
import { LANGUAGES, type Language } from '#components/upload/words/languages.ts'
import { directionOf } from '#lib/wire/pick-language.ts'
import styles from './preview-index.module.css'

const GROUPS = [
  ['Before a file', ['loading', 'ready', 'no_file_yet']],
  ['On the way', ['reading', 'checked', 'uploading', 'verifying']],
  ['Ends', ['received', 'ended', 'leaving', 'left', 'unreachable']],
  ['Refused files, by reason and by what was recognised', ['rejected']],
] as const

interface Props extends Pick<Wanted, 'dir' | 'brand'> {
  language: Language
}

/** Links to every state, in the language, direction and brand that are chosen above them. */
export function PreviewIndex({ language, dir, brand }: Props) {
  const look: Look = { lang: language, ...(dir ? { dir } : {}), ...(brand ? { brand } : {}) }
  return (
    <main className={styles.page}>
      <h1>Every state of the upload page</h1>
      <p>{`${PAGE_STATES.length} states`}</p>
      <div className={styles.choices}>
        <Choices
          label="Language"
          look={look}
          name="lang"
          options={LANGUAGES.map((each) => [each, nameOf(each)])}
        />
        <Choices
          label="Direction"
          look={look}
          name="dir"
          options={[
            [undefined, `As the language (${directionOf(language)})`],
            ['rtl', 'Right to left'],
          ]}
        />
        <Choices
          label="Brand"
          look={look}
          name="brand"
          options={[
            [undefined, 'Ours'],
            ['sample', 'A sample partner’s'],
          ]}
        />
      </div>
      {GROUPS.map(([title, names]) => (
        <section key={title} className={styles.group}>
          <h2>{title}</h2>
          <ul className={styles.list}>
            {PAGE_STATES.filter(({ state }) => names.some((name) => name === state)).map((each) => (
              <li key={queryOf(each)}>
                <a href={addressOf(look, queryOf(each))}>{labelOf(each)}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  )
}

/** How a state is shown, as a query. */
type Look = Partial<Record<'lang' | 'dir' | 'brand', string>>

const addressOf = (look: Look, query = ''): string =>
  `/console/preview?${[query, new URLSearchParams(look).toString()].filter(Boolean).join('&')}`

/** A language in its own words. */
const nameOf = (language: Language): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language

const labelOf = ({ state, reason, detail, variant }: PageState): string =>
  [state, reason, detail, variant === reason ? null : variant]
    .filter(Boolean)
    .join(' · ')
    .replaceAll('_', ' ')

function Choices({
  label,
  look,
  name,
  options,
}: {
  label: string
  look: Look
  name: keyof Look
  options: (readonly [value: string | undefined, text: string])[]
}) {
  return (
    <nav className={styles.choice} aria-label={label}>
      <span className={styles.label}>{label}</span>
      <span className={styles.options}>
        {options.map(([value, text]) => {
          const { [name]: now, ...rest } = look
          return (
            <a
              key={text}
              className={styles.option}
              href={addressOf(value ? { ...rest, [name]: value } : rest)}
              aria-current={now === value ? 'true' : undefined}
              {...(name === 'lang' ? { lang: value } : {})}
            >
              {text}
            </a>
          )
        })}
      </span>
    </nav>
  )
}
