'use client'

import type { ReactNode } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { nameVendor, VENDOR_FACTS, VENDORS, type Vendor } from '#lib/genotype/vendors.ts'
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

/** Steps, the usual waiting time and the usual name of the file, for each company. */
export function VendorGuides({ words }: { words: Words }) {
  return (
    <>
      <p>{words.howToGet.intro}</p>
      {VENDORS.map((vendor) => {
        const { steps, wait } = words.howToGet.vendors[vendor]
        const { name, fileName } = VENDOR_FACTS[vendor]
        return (
          <GuideSteps key={vendor} guide={{ title: name, steps }} id={guideId(vendor)}>
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

const guideId = (vendor: Vendor): string => `guide-${vendor}`

/** Opens the guide of a company and every panel around it, and moves the focus there. */
export function showGuide(vendor: Vendor): void {
  const guide = document.getElementById(guideId(vendor))
  for (let each = guide; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true
  }
  guide?.querySelector('summary')?.focus()
}

function GuideSteps({
  guide,
  open = false,
  id,
  children,
}: {
  guide: Guide
  open?: boolean
  id?: string
  children?: ReactNode
}) {
  return (
    <Disclosure title={guide.title} open={open} nested {...(id ? { id } : {})}>
      <ol className={styles.steps}>
        {guide.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {children}
    </Disclosure>
  )
}

/** The companies whose files are accepted; each name opens its guide. Pressing one is optional. */
export function VendorTiles({ words }: { words: Words }) {
  return (
    <div className={styles.vendors}>
      <span className={styles.quiet}>{words.ready.accepts}</span>
      <ul className={styles.vendorList}>
        {VENDORS.map((vendor) => (
          <li key={vendor}>
            <button type="button" className={styles.vendor} onClick={() => showGuide(vendor)}>
              <bdi>{nameVendor(vendor)}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
