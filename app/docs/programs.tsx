import { LANGUAGES, type Language } from '#lib/openapi/write-example.ts'
import styles from './docs.module.css'

interface ProgramsProps {
  /** What they are about; tests find them by it. */
  of: string
  programs: Record<Language, string>
  /** Whether the first one is shown at once. */
  open?: boolean
}

/** The same program in every language, one shown at a time where the browser can. */
export function Programs({ of, programs, open = false }: ProgramsProps) {
  return (
    <div className={styles.programs}>
      {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name], place) => (
        <details key={language} name={`programs-${of}`} open={open && place === 0}>
          <summary>{name}</summary>
          <pre className={styles.code}>
            <code data-example={of} data-language={language}>
              {programs[language]}
            </code>
          </pre>
        </details>
      ))}
    </div>
  )
}
