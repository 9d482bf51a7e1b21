'use client'

import { Checkbox, Group, Paper, SegmentedControl, Select, Stack, Title } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import {
  BRAND_PREVIEW_READY,
  type BrandRequest,
  type BrandState,
} from '#components/upload/preview/brand-request.ts'
import { LANGUAGES, type Language } from '#components/upload/words/languages.ts'
import classes from './brand-frame.module.css'

const STATES: { value: BrandState; label: string }[] = [
  { value: 'ready', label: 'Choosing a file' },
  { value: 'uploading', label: 'Sending it' },
  { value: 'received', label: 'Received' },
  { value: 'rejected', label: 'Refused' },
]

/** Widths of a common phone and a common screen, in CSS pixels. */
const SCREENS = { phone: 390, desktop: 1280 } as const
const HEIGHT = 704

/** The upload page in a frame: phone or desktop, light or dark, in every language and direction. */
export function BrandFrame({ partner }: { partner: BrandRequest['partner'] }) {
  const [width, setWidth] = useState<keyof typeof SCREENS>('phone')
  const [scheme, setScheme] = useState<BrandRequest['scheme']>('light')
  const [language, setLanguage] = useState<Language>('en')
  const [state, setState] = useState<BrandState>('ready')
  const [mirrored, setMirrored] = useState(false)
  const { ref: stage, width: room } = useElementSize()
  const drawn = drawnIn(SCREENS[width], room)
  const frame = useFrame({
    type: 'arraydrop-brand',
    partner,
    state,
    language,
    direction: mirrored ? 'rtl' : null,
    scheme,
  })
  return (
    <Paper withBorder p="md" component="section" aria-label="Preview">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Preview
        </Title>
        <Group gap="xs">
          <SegmentedControl
            transitionDuration={0}
            aria-label="Width"
            size="xs"
            value={width}
            onChange={(value) => setWidth(value as keyof typeof SCREENS)}
            data={[
              { value: 'phone', label: 'Phone' },
              { value: 'desktop', label: 'Desktop' },
            ]}
          />
          <SegmentedControl
            transitionDuration={0}
            aria-label="Light or dark preview"
            size="xs"
            value={scheme}
            onChange={(value) => setScheme(value as BrandRequest['scheme'])}
            data={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
          <Select
            aria-label="State"
            size="xs"
            w={150}
            allowDeselect={false}
            data={STATES}
            value={state}
            onChange={(value) => value && setState(value as BrandState)}
          />
          <Select
            aria-label="Language"
            size="xs"
            w={150}
            allowDeselect={false}
            data={LANGUAGES.map((each) => ({ value: each, label: nameOf(each) }))}
            value={language}
            onChange={(value) => value && setLanguage(value as Language)}
          />
          <Checkbox
            size="xs"
            label="Right to left"
            checked={mirrored}
            onChange={(event) => setMirrored(event.currentTarget.checked)}
          />
        </Group>
        <div ref={stage} className={classes.stage}>
          <iframe
            ref={frame}
            title="The upload page in this brand"
            src="/console/preview/brand"
            className={classes.frame}
            style={drawn}
          />
        </div>
      </Stack>
    </Paper>
  )
}

/** Rendered at the full width of the screen and scaled down to fit, so that the layout is the real one. */
function drawnIn(screen: number, room: number) {
  const scale = room > 0 ? Math.min(1, room / screen) : 1
  return {
    inlineSize: screen,
    blockSize: HEIGHT / scale,
    transform: `scale(${scale})`,
    marginInlineStart: Math.max(0, (room - screen) / 2),
  }
}

/** Posts the request whenever it changes, and again when the page in the frame starts to listen. */
function useFrame(request: BrandRequest) {
  const frame = useRef<HTMLIFrameElement>(null)
  const latest = useRef(request)
  useEffect(() => {
    latest.current = request
    frame.current?.contentWindow?.postMessage(request, window.origin)
  })
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent) => {
      const inside = frame.current?.contentWindow
      if (inside && source === inside && data === BRAND_PREVIEW_READY)
        inside.postMessage(latest.current, window.origin)
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [])
  return frame
}

const nameOf = (language: Language): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
