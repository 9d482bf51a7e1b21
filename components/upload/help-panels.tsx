import { Disclosure } from '#components/ui/disclosure.tsx'
import { VENDORS } from '#lib/genotype/verdict.ts'
import styles from './stages.module.css'
import { type Guide, SYSTEMS, type System, type Words } from './words/words.ts'

/** Where the .zip lies on each system, the person's own first and open. */
export function WhereHelp({ words, system, open }: { words: Words; system: System | null; open?: boolean }) {
  const ordered = [...SYSTEMS].sort((a, b) => Number(b === system) - Number(a === system))
  return (
    <Disclosure title={words.where.title} open={open}>
      <p>{words.where.intro}</p>
      {ordered.map((each) => (
        <GuideSteps key={each} guide={words.where.systems[each]} open={each === system} />
      ))}
    </Disclosure>
  )
}

/** How to get the file from each DNA company; nobody has to say which one is theirs. */
export function GetHelp({ words, open }: { words: Words; open?: boolean }) {
  return (
    <Disclosure title={words.howToGet.title} open={open}>
      <VendorGuides words={words} />
    </Disclosure>
  )
}

export function VendorGuides({ words }: { words: Words }) {
  return (
    <>
      <p>{words.howToGet.intro}</p>
      {VENDORS.map((vendor) => (
        <GuideSteps key={vendor} guide={words.howToGet.vendors[vendor]} />
      ))}
    </>
  )
}

function GuideSteps({ guide, open = false }: { guide: Guide; open?: boolean }) {
  return (
    <Disclosure title={guide.title} open={open} nested>
      <ol className={styles.steps}>
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Disclosure>
  )
}
