import { exportFile, fileOf, largeExportFile, SMALL_ROWS } from '../browser/made-files.ts'
import { HEADINGS } from '../browser/upload-page.ts'
import { expect, test } from '../fixtures.ts'
import type { Partner } from '../service/partner.ts'
import { openGate } from './gate.ts'
import type { Engine, Storage, Visitor } from './visitor.ts'

const BACK = '?order=7&note=%2Fa%20b&c#part%2Ftwo'
/** About 3 MB: several pieces of 1 MiB and more. */
const LARGE_ROWS = 120_000

/** What of a browser's memory a page can use: a list of names. */
const MEMORY = `(() => {
  const usable = []
  for (const name of ['localStorage', 'sessionStorage']) {
    try {
      window[name].setItem('a', 'b')
      window[name].removeItem('a')
      usable.push(name)
    } catch {}
  }
  try {
    document.cookie = 'a=b'
    if (document.cookie) usable.push('cookie')
  } catch {}
  return usable
})()`

const headingOf = (visitor: Visitor) => visitor.ask<string>(`document.querySelector('h1')?.innerText`)
const seesHeading = (visitor: Visitor, heading: string) => expect.poll(() => headingOf(visitor)).toBe(heading)
const seesText = (visitor: Visitor, text: RegExp) =>
  expect.poll(() => visitor.ask<string>('document.body.innerText')).toMatch(text)
/** Elsewhere the failure tells what the page says there. */
const isAt = (visitor: Visitor, url: string) =>
  expect
    .poll(async () => {
      const at = await visitor.ask<string>('location.href')
      return at === url ? at : `${at}: ${await visitor.ask<string>('document.body.innerText')}`
    })
    .toBe(url)

async function expectSucceeded(partner: Partner, sampleId: string): Promise<void> {
  await expect.poll(async () => (await partner.sample(sampleId)).last_status.status).toBe('succeeded')
  expect((await partner.sample(sampleId)).qc?.summary.rows).toBe(SMALL_ROWS)
}

/**
 * The journey from the partner's link to the received file, and what may come between, in one engine. In Chromium other
 * tests (journey, reasons, transfer) show all of it.
 */
export function journeyIn({ name, missing, remains, start }: Engine): void {
  if (missing) {
    test(name, () => test.skip(true, `${name}: ${missing}`))
    return
  }

  const visitors: Visitor[] = []
  test.afterEach(async () => {
    for (const visitor of visitors.splice(0)) await visitor.end()
  })
  /** A visit until the end of the test; the report tells its engine. */
  const visit = async (storage: Storage) => {
    const visitor = await start(storage)
    visitors.push(visitor)
    test.info().annotations.push({ type: 'engine', description: visitor.version })
    return visitor
  }
  const goodFile = (seed: number) => exportFile({ vendor: 'myheritage', rows: SMALL_ROWS, seed })

  test(`${name}: a wrong file is refused with an explanation, and the right one leads from the partner’s page and back`, {
    tag: name === 'Chromium' ? '@torture' : [],
  }, async ({ partner, site }) => {
    const visitor = await visit('usual')
    const done = site.place('done', BACK)
    const { url, sample_id } = await partner.mint({ redirect_on_success: done })
    await visitor.goto(site.startPage(url))
    await visitor.press('Upload my file')
    await seesHeading(visitor, HEADINGS.ready)
    await visitor.choose(fileOf('genome.zip', Buffer.from('rsid\tchromosome\tposition\tgenotype\n')))
    await seesHeading(visitor, HEADINGS.rejected)
    await seesText(visitor, /Choose the \.zip file it came in\./)
    await visitor.choose(await goodFile(141))
    await isAt(visitor, done)
    await expectSucceeded(partner, sample_id)
  })

  test(`${name}: after a reload during the transfer, the same file resumes where it was`, {
    tag: '@torture',
  }, async ({ partner, service }) => {
    const visitor = await visit('usual')
    const gate = await openGate(service)
    const file = await largeExportFile(LARGE_ROWS, 142)
    const { url, sample_id } = await partner.mint()
    gate.letPass(1)
    await visitor.goto(gate.through(url))
    await seesHeading(visitor, HEADINGS.ready)
    await visitor.choose(file)
    await expect.poll(() => gate.offsets.length).toBe(2)
    gate.letPass(Number.POSITIVE_INFINITY)
    await visitor.reload()
    await seesText(visitor, /We already have \d+% of a file\./)
    await visitor.choose(file)
    await seesHeading(visitor, HEADINGS.received)
    expect(
      gate.offsets.filter((offset) => offset === 0),
      'it began once',
    ).toEqual([0])
    expect((await partner.sample(sample_id)).upload_session.state).toBe('received')
    await gate.close()
  })

  test(`${name}: with all storage blocked, the journey works in another site’s frame and on its own`, {
    tag: '@torture',
  }, async ({ partner, site }) => {
    const visitor = await visit('none')
    const done = site.place('done', BACK)
    for (const framed of [true, false]) {
      const { url, sample_id } = await partner.mint({ redirect_on_success: done })
      await visitor.goto(framed ? site.framePage(url) : url)
      if (framed) await visitor.enterFrame()
      await seesHeading(visitor, HEADINGS.ready)
      expect(await visitor.ask(MEMORY), 'what the page can use').toEqual(remains)
      await visitor.choose(await goodFile(framed ? 143 : 144))
      await isAt(visitor, done)
      await expectSucceeded(partner, sample_id)
    }
  })
}
