'use client'

import { VENDORS } from '#lib/genotype/verdict.ts'
import type { Words } from '../words/words.ts'
import { showGuide } from './help-panels.tsx'
import styles from './stages.module.css'

/** Whose files are taken; each name leads to how to get the file there. Nobody has to press one to go on. */
export function VendorTiles({ words }: { words: Words }) {
  return (
    <div className={styles.vendors}>
      <span className={styles.quiet}>{words.ready.accepts}</span>
      <ul className={styles.vendorList}>
        {VENDORS.map((vendor) => (
          <li key={vendor}>
            <button type="button" className={styles.vendor} onClick={() => showGuide(vendor)}>
              <bdi>{words.howToGet.vendors[vendor].title}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
