import type { CHECKS, Check, Level } from '../finding.ts'

/** What was found, and what to change where there is something. */
export type Said = string | readonly [words: string, change: string]

/** A finding that says what to change in English does so in every language. */
type SaidAs<Meaning> = Meaning extends { change: string } ? readonly [words: string, change: string] : string

type Findings<Name extends Check> = (typeof CHECKS)[Name]['findings']

/** One sentence for each form of numbers that the language has; `{n}` is the number. */
export interface Counted {
  one?: string
  two?: string
  few?: string
  many?: string
  other: string
}

/** What the page's script says. */
export interface ScriptWords {
  trying: string
  summary: { fails: Counted; fallsBack: Counted; works: string }
  /** Of a request: no answer came, or one with this `{status}`. */
  noAnswer: string
  status: string
}

/** Every word of `/doctor` in one language. A check or a finding without words does not compile. */
export interface DoctorWords {
  locale: string
  title: string
  lead: string
  /** Instead of the page, to an address that asks too often. */
  busy: { what: string; mend: string }
  notStarted: { what: string; mend: string }
  noScript: { what: string; mend: string }
  script: ScriptWords
  levels: Record<Level, string>
  chooser: { title: string; text: string; button: string }
  keep: { title: string; text: string; button: string; failed: string }
  checks: {
    [Name in Check]: {
      title: string
      findings: { [Finding in keyof Findings<Name>]: SaidAs<Findings<Name>[Finding]> }
    }
  }
}
