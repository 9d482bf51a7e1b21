import { readFileSync } from 'node:fs'
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

const SNAPSHOT = '# Page snapshot'
const LINES_MAX = 60

/**
 * Prints what stood on the screen when a test failed, as a screen reader has it: what fails once, on a machine that is gone
 * afterwards, can be understood from its log alone.
 */
export default class FailedScreensReporter implements Reporter {
  readonly #screens: string[] = []

  onTestEnd(test: TestCase, { attachments }: TestResult): void {
    for (const { name, path } of attachments) {
      if (name !== 'error-context' || !path) continue
      const screen = readFileSync(path, 'utf8').split(SNAPSHOT)[1]?.split('\n# ')[0]
      if (!screen) continue
      const lines = screen.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('```'))
      this.#screens.push([`The screen of: ${test.title}`, ...lines.slice(0, LINES_MAX)].join('\n    '))
    }
  }

  onEnd(): void {
    for (const screen of this.#screens) console.log(`\n  ${screen}`)
  }

  printsToStdio(): boolean {
    return false
  }
}
