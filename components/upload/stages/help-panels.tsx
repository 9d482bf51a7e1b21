'use client'

import type { ReactNode } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { VENDOR_FACTS, VENDORS } from '#lib/genotype/vendors.ts'
import { Phrase } from '../words/phrase.tsx'
import { type Guide, SYSTEMS, type System, type Words } from '../words/words.ts'
import styles from './stages.module.css'

/** Where to find the .zip on each system, the person's own first and open. */
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

/** How to get the file from each DNA company, without having to choose one. */
export function GetHelp({ words, open }: { words: Words; open?: boolean }) {
  return (
    <Disclosure title={words.howToGet.title} open={open}>
      <p>{words.ready.mayTake}</p>
      <VendorGuides words={words} />
    </Disclosure>
  )
}

/** Steps, a link, the usual waiting time and a name such as the file has, for each company. */
export function VendorGuides({ words }: { words: Words }) {
  return (
    <>
      <p>{words.howToGet.intro}</p>
      {VENDORS.map((vendor) => {
        const { steps, wait } = words.howToGet.vendors[vendor]
        const { name, fileName, downloadUrl } = VENDOR_FACTS[vendor]
        return (
          <GuideSteps key={vendor} guide={{ title: name, steps }}>
            <p>
              <a href={downloadUrl} target="_blank" rel="noreferrer">
                <Phrase text={words.noFileYet.site} values={{ vendor: name }} />
              </a>
            </p>
            <p className={styles.fact}>
              <Icon name="clock" />
              <span>{wait}</span>
            </p>
            <p className={styles.fact}>
              <Icon name="file" />
              <span>
                <Phrase text={words.howToGet.fileName} values={{ file: fileName }} />
              </span>
            </p>
          </GuideSteps>
        )
      })}
    </>
  )
}

function GuideSteps({
  guide,
  open = false,
  children,
}: {
  guide: Guide
  open?: boolean
  children?: ReactNode
}) {
  return (
    <Disclosure title={guide.title} open={open} nested>
      <ol className={styles.steps}>
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {children}
    </Disclosure>
  )
}
