import { stat } from 'node:fs/promises'
import type { Browser, Page } from 'playwright'
import type { Bench } from './bench.ts'
import type { Figure } from './figure.ts'
import { interleave, least } from './interleave.ts'
import { openBrowser, openUploadPage, rendererPids } from './open-browser.ts'
import { watchMemory } from './process-use.ts'
import { timeBaseline, timePick } from './time-pick.ts'

const ROUNDS = 7
const HOSTILE_ROUNDS = 3
const MEGABYTE = 1_000_000
const SLOW_CPU = 4

/**
 * From the moment a file is picked to the verdict in the document, in a real browser and on the real page. The page
 * is opened anew each time, so that no code is warm: a person does this once.
 */
export async function measureSniff(bench: Bench): Promise<Figure[]> {
  const browser = await openBrowser()
  try {
    return [
      await measureSound(browser, bench),
      ...(await measureHostile(browser, bench)),
      await measureTasks(browser, bench),
    ]
  } finally {
    await browser.close()
  }
}

async function measureSound(browser: Browser, bench: Bench): Promise<Figure> {
  const values = await interleave(ROUNDS, {
    ours: () => onFreshPage(browser, bench, (page) => timePick(page, bench.files.largeZip)),
    bare: () => onFreshPage(browser, bench, (page) => timeBaseline(page, bench.files.largeZip)),
  })
  const [ours, bare] = [least(values.ours), least(values.bare)]
  return {
    what: 'Sniff a 25 MB archive in the page, against a bare directory read and DecompressionStream',
    value: ours / bare,
    bound: { atMost: 4 },
    unit: '×',
    record: `${ours.toFixed(1)} ms against ${bare.toFixed(1)} ms (least of ${ROUNDS})`,
  }
}

async function measureHostile(browser: Browser, bench: Bench): Promise<Figure[]> {
  const times: Record<string, number> = {}
  const growths: Record<string, number> = {}
  for (const { name, path } of bench.files.hostile) {
    for (let round = 0; round < HOSTILE_ROUNDS; round++) {
      const { milliseconds, megabytes } = await onFreshPage(browser, bench, (page) =>
        weighPick(browser, page, bench.files.smallText, path),
      )
      times[name] = Math.min(times[name] ?? Number.POSITIVE_INFINITY, milliseconds)
      growths[name] = Math.min(growths[name] ?? Number.POSITIVE_INFINITY, megabytes)
    }
  }
  const list = (values: Record<string, number>, unit: string) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value.toFixed(0)} ${unit}`)
      .join(', ')
  return [
    {
      what: 'Refuse a hostile archive in the page: the slowest of them',
      value: Math.max(...Object.values(times)),
      bound: { atMost: 300 },
      unit: 'ms',
      record: list(times, 'ms'),
    },
    {
      what: 'Memory of the page for it, beside the file’s own bytes: the largest',
      value: Math.max(...Object.values(growths)),
      bound: { atMost: 60 },
      unit: 'MB',
      record: list(growths, 'MB'),
    },
  ]
}

async function measureTasks(browser: Browser, bench: Bench): Promise<Figure> {
  const files = [{ name: 'sound', path: bench.files.largeZip }, ...bench.files.hostile]
  const longest: Record<string, number> = {}
  for (const { name, path } of files) {
    for (let round = 0; round < HOSTILE_ROUNDS; round++) {
      const task = await onFreshPage(browser, bench, (page) => longestTask(page, path))
      longest[name] = Math.min(longest[name] ?? Number.POSITIVE_INFINITY, task)
    }
  }
  return {
    what: `Longest task of the page’s main thread while it judges a file, CPU ${SLOW_CPU} times slower`,
    value: Math.max(...Object.values(longest)),
    bound: { atMost: 200 },
    unit: 'ms',
    record: Object.entries(longest)
      .map(([name, value]) => `${name} ${value.toFixed(0)} ms`)
      .join(', '),
  }
}

async function onFreshPage<T>(browser: Browser, bench: Bench, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await openUploadPage(browser, bench)
  try {
    return await use(page)
  } finally {
    await page.context().close()
  }
}

interface Weighed {
  milliseconds: number
  megabytes: number
}

/** Time and memory of one refusal. A file was refused before, so that JSZip is loaded and the words are drawn. */
async function weighPick(browser: Browser, page: Page, warmUp: string, file: string): Promise<Weighed> {
  await timePick(page, warmUp)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const grown = watchMemory(await rendererPids(browser))
  const milliseconds = await timePick(page, file)
  return { milliseconds, megabytes: Math.max(0, grown() - (await stat(file)).size / MEGABYTE) }
}

async function longestTask(page: Page, file: string): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU })
  await page.evaluate(() => {
    const bench = window as typeof window & { longest?: number }
    bench.longest = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) bench.longest = Math.max(bench.longest!, duration)
    }).observe({ type: 'longtask' })
  })
  await timePick(page, file)
  // Entries are handed over when the task has ended and the page is idle again.
  return page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(resolve))
    return (window as typeof window & { longest?: number }).longest!
  })
}
