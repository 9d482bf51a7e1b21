'use client'

import { type ComponentType, type RefObject, useEffect, useRef } from 'react'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { nameVendor, VENDOR_NAMES } from '#lib/genotype/vendors.ts'
import { directionOf } from '#lib/wire/pick-language.ts'
import type { Device } from './device.ts'
import { announcement } from './frame/announcement.ts'
import { PartnerMark, useBrand } from './frame/partner-brand.tsx'
import { hasPromises } from './frame/promise-stages.ts'
import { StepTrail } from './frame/step-trail.tsx'
import { TimeLeft } from './frame/time-left.tsx'
import { FilePickerArea } from './picking/file-picker.tsx'
import { LeaveButton } from './stages/leave-button.tsx'
import { HEADING_ID } from './stages/stage-heading.tsx'
import styles from './upload-view.module.css'
import type { ViewProps } from './view-props.ts'
import type { VisitControls } from './visit/visit-controls.ts'
import type { StageName, VisitModel } from './visit/visit-model.ts'
import { type Amounts, amountsIn } from './words/amounts.ts'
import type { Values } from './words/phrase.tsx'
import type { Words } from './words/words.ts'

const PICKABLE: readonly StageName[] = ['ready', 'no_file_yet', 'rejected']

interface Props {
  model: VisitModel
  words: Words
  controls: VisitControls
  device: Device
  /** Draws the stage: either with all stages loaded, or with the first ones now and the others later. */
  Body: ComponentType<ViewProps>
  /** Draws what the page promises, likewise. */
  Note: ComponentType<ViewProps>
  /** Overrides the direction of the language, for the preview. */
  direction?: 'ltr' | 'rtl'
}

/** The whole page: a pure function of model and words, except for the focus, which follows the stage. */
export function UploadView({ model, words, controls, device, Body, Note, direction }: Props) {
  const amounts = amountsIn(words.locale)
  const values = valuesOf(model, words, amounts)
  const props: ViewProps = { model, words, amounts, controls, device, values }
  const stage = model.stage.name
  const card = useRef<HTMLElement>(null)
  useFocusOnHeading(stage, card)
  useBrand(model.session?.partner.brand ?? null)
  return (
    <div lang={words.locale} dir={direction ?? directionOf(words.locale)}>
      <FilePickerArea
        enabled={PICKABLE.includes(stage)}
        opening={stage === 'loading' || stage === 'unreachable'}
        words={words}
        onFiles={controls.choose}
      >
        <div className={`${styles.page} ${hasPromises(stage) ? '' : styles.single}`}>
          <main className={styles.card} data-stage={stage} ref={card}>
            {model.session?.test && <p className={styles.test}>{words.test}</p>}
            <PartnerMark model={model} />
            <StepTrail stage={stage} words={words} />
            <TimeLeft {...props} />
            <div className={styles.stage}>
              <Body {...props} />
            </div>
            {stage === 'ready' && (
              <div className={styles.leave}>
                <LeaveButton {...props} kind="quiet" />
              </div>
            )}
            <p className={styles.announcer} role="status">
              {announcement(model, words, amounts, values)}
            </p>
          </main>
          <Note {...props} />
        </div>
      </FilePickerArea>
    </div>
  )
}

function valuesOf({ session, stage }: VisitModel, words: Words, amounts: Amounts): Values {
  const vendor = 'vendor' in stage ? stage.vendor : null
  return {
    partner: session?.partner.name ?? words.someone,
    vendors: amounts.anyOf(VENDOR_NAMES),
    limit: amounts.size(FILE_BYTES_MAX),
    vendor: vendor ? nameVendor(vendor) : '',
  }
}

/**
 * Moves the focus to the new heading after a person's action, but never on the first paint. While the page works by
 * itself the focus stays where it is, unless what had it is gone: then the heading takes it, so that it is never lost.
 */
function useFocusOnHeading(stage: StageName, card: RefObject<HTMLElement | null>): void {
  const before = useRef(stage)
  useEffect(() => {
    const moved = before.current !== stage && before.current !== 'loading' && !WORKING.includes(stage)
    before.current = stage
    if (moved) focusHeading()
  }, [stage])
  useEffect(() => {
    let last: EventTarget | null = null
    const seen = ({ target }: FocusEvent) => {
      last = target
    }
    const rescue = () => {
      const lost = last instanceof Element && !last.isConnected && document.activeElement === document.body
      if (lost) focusHeading()
    }
    const watch = new MutationObserver(rescue)
    if (card.current) watch.observe(card.current, { childList: true, subtree: true })
    document.addEventListener('focusin', seen)
    return () => {
      watch.disconnect()
      document.removeEventListener('focusin', seen)
    }
  }, [card])
}

/** Stages that follow each other automatically: the status line announces them. */
const WORKING: readonly StageName[] = ['checked', 'uploading', 'verifying']

const focusHeading = () => document.getElementById(HEADING_ID)?.focus()
