import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'

const promtool = findProgram(['promtool'])
const RULES = path.join(import.meta.dirname, 'prometheus/alerts.yaml')
const PAGES = path.join(import.meta.dirname, '../docs/alerts')
const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Rule {
  alert: string
  expr: string
  labels: Record<string, string>
  annotations: Record<string, string>
}

const rules: Rule[] = parse(readFileSync(RULES, 'utf8')).groups.flatMap(
  (group: { rules: Rule[] }) => group.rules,
)

/** Series, one value a minute in promtool's notation; when the alert fires because of them, and when it has ended. */
interface Case {
  series: Record<string, string>
  fires: string
  ends: string
  labels?: Record<string, string>
}

const CASES: Record<string, Case> = {
  ArraydropGone: {
    series: { process_uptime_seconds: '1+60x10 _x20 1+60x20' },
    fires: '25m',
    ends: '35m',
    labels: { job: 'arraydrop' },
  },
  ArraydropRoleGone: {
    series: {
      'process_uptime_seconds,instance="web-1"': '1+60x50',
      'arraydrop_process_role,instance="web-1",role="web"': '1x50',
      'arraydrop_process_role,instance="worker-1",role="worker"': '1x10 _x20 1x20',
    },
    fires: '25m',
    ends: '35m',
    labels: { job: 'arraydrop', role: 'worker' },
  },
  ArraydropProcessDown: {
    series: { 'up,instance="web-1"': '1x10 0x20 1x20', 'up,instance="web-2"': '1x50' },
    fires: '25m',
    ends: '35m',
    labels: { job: 'arraydrop', instance: 'web-1' },
  },
  ArraydropRequestsFail: {
    series: {
      'http_server_request_duration_seconds_count,status_class="5xx"': '0+6x30 180+0x40',
      'http_server_request_duration_seconds_count,status_class="2xx"': '0+60x70',
    },
    fires: '20m',
    ends: '45m',
  },
  ArraydropChecksWait: {
    series: { 'arraydrop_queue_oldest_age_seconds,queue="verify-upload"': '0+60x20 0+0x20' },
    fires: '10m',
    ends: '30m',
  },
  ArraydropJobsWait: {
    series: { 'arraydrop_queue_oldest_age_seconds,queue="run"': '0+60x60 0+0x20' },
    fires: '50m',
    ends: '65m',
    labels: { queue: 'run' },
  },
  ArraydropJobsFail: {
    series: { 'arraydrop_job_duration_seconds_count,queue="run",outcome="failed"': '0+1x30 30+0x60' },
    fires: '25m',
    ends: '85m',
    labels: { queue: 'run' },
  },
  ArraydropStorageFails: {
    series: { arraydrop_storage_errors_total: '0+1x20 20+0x30' },
    fires: '15m',
    ends: '40m',
  },
  ArraydropRunsFail: {
    series: {
      'arraydrop_run_duration_seconds_count,kind="array",outcome="failed"': '0+1x100 100+0x400',
      'arraydrop_run_duration_seconds_count,kind="array",outcome="succeeded"': '0+1x500',
    },
    fires: '60m',
    ends: '480m',
    labels: { kind: 'array' },
  },
  ArraydropFilesRefused: {
    series: {
      'arraydrop_file_check_duration_seconds_count,verdict="rejected"': '0+2x60 120+0x450',
      'arraydrop_file_check_duration_seconds_count,verdict="accepted"': '0+1x510',
      // A partner who tries out every refusal rings no alarm.
      'arraydrop_file_check_duration_seconds_count,test="true",verdict="rejected"': '0+9x510',
    },
    fires: '60m',
    ends: '480m',
  },
  ArraydropWebhooksWait: {
    series: { arraydrop_webhook_oldest_age_seconds: '0+60x100 0+0x20' },
    fires: '80m',
    ends: '110m',
  },
  ArraydropSweepFails: {
    series: { 'arraydrop_sweep_failing_age_seconds,step="retainFiles"': '0+60x80 0+0x20' },
    fires: '75m',
    ends: '95m',
    labels: { step: 'retainFiles' },
  },
  ArraydropCertificatesRefused: {
    series: {
      // One sample's deliveries, by the schedule of their retries; then the certificate is renewed.
      'arraydrop_webhook_delivery_duration_seconds_count,status_class="untrusted"':
        '_x10 2x4 3x29 4x119 5x299 6x2000',
    },
    fires: '17m',
    ends: '2100m',
  },
  ArraydropSweepStuck: {
    series: { 'arraydrop_sweep_running_age_seconds,step="expireAll"': '0+60x30 _x30' },
    fires: '25m',
    ends: '45m',
    labels: { step: 'expireAll' },
  },
  ArraydropDiskFills: {
    series: {
      'arraydrop_disk_free_bytes,instance="web-1"': '5e9+0x20 5e10+0x20',
      'arraydrop_disk_size_bytes,instance="web-1"': '1e11+0x40',
    },
    fires: '15m',
    ends: '30m',
    labels: { job: 'arraydrop', instance: 'web-1' },
  },
  ArraydropDatabaseBusy: {
    series: { 'db_client_connection_pending_requests,instance="web-1"': '3+0x20 0+0x20' },
    fires: '15m',
    ends: '30m',
    labels: { job: 'arraydrop', instance: 'web-1' },
  },
  ArraydropEventLoopSlow: {
    series: { 'nodejs_eventloop_delay_p99_seconds,instance="web-1"': '1+0x20 0.01+0x20' },
    fires: '15m',
    ends: '30m',
    labels: { job: 'arraydrop', instance: 'web-1' },
  },
}

/** Failures that were all there when the series was first seen: it does not grow. */
const BORN: Record<string, Case> = {
  ArraydropJobsFail: {
    series: { 'arraydrop_job_duration_seconds_count,queue="run",outcome="failed"': '_x10 20x90' },
    fires: '12m',
    ends: '60m',
    labels: { queue: 'run' },
  },
  ArraydropStorageFails: {
    series: { arraydrop_storage_errors_total: '_x10 50x60' },
    fires: '12m',
    ends: '40m',
  },
}

test('Every alert has a case in which it fires, and a page with cause, confirmation and cure; no page is left over', () => {
  const names = rules.map(({ alert }) => alert).sort()
  expect(names).toEqual(Object.keys(CASES).sort())
  expect(
    readdirSync(PAGES)
      .map((file) => path.basename(file, '.md'))
      .sort(),
  ).toEqual(names)
  const index = readFileSync(`${PAGES}.md`, 'utf8')
  for (const { alert, labels, annotations } of rules) {
    expect(annotations.runbook).toBe(`docs/alerts/${alert}.md`)
    const page = readFileSync(path.join(PAGES, `${alert}.md`), 'utf8')
    expect(page.match(/^#+ .+$/gm)).toEqual([`# ${alert}`, '## Cause', '## Confirm', '## Cure'])
    expect(index).toContain(`| [${alert}](alerts/${alert}.md) | \`${labels.severity}\` |`)
  }
})

test('Retention, erasure and the other steps that remove files have the longer time, by the names that they have', () => {
  const rule = rules.find(({ alert }) => alert === 'ArraydropSweepStuck')!
  const named = /step!~"([^"]+)"/.exec(rule.expr)![1]!.split('|')
  const sweep = readFileSync(path.join(import.meta.dirname, '../lib/sweep.ts'), 'utf8')
  expect(named.filter((step) => !new RegExp(`steps: \\[[^\\]]*\\b${step}\\b`).test(sweep))).toEqual([])
})

test.skipIf(!promtool)('promtool: the rules are valid, and each alert fires and ends', () => {
  // Each with its own rule alone: some last for days, and every rule is evaluated every minute.
  const files = rules.map((rule) => {
    const [own, cases] = ['rule', 'case'].map((kind) => path.join(folder, `${kind}-${rule.alert}.yaml`))
    writeFileSync(own!, stringify({ groups: [{ name: rule.alert, rules: [rule] }] }))
    const test = {
      rule_files: [own],
      evaluation_interval: '1m',
      tests: [CASES, BORN].flatMap((cases) => promtoolTest(rule, cases[rule.alert])),
    }
    writeFileSync(cases!, stringify(test))
    return cases!
  })
  for (const args of [
    ['check', 'rules', RULES],
    ['test', 'rules', ...files],
  ]) {
    const { status, stdout, stderr } = spawnSync(promtool!, args, { encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
  }
})

function promtoolTest({ alert, labels, annotations }: Rule, given: Case | undefined) {
  if (!given) return []
  const { series, fires, ends, labels: more = {} } = given
  const told = (text: string) => text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, name) => more[name] ?? '')
  const firing = {
    exp_labels: { ...labels, ...more },
    exp_annotations: Object.fromEntries(
      Object.entries(annotations).map(([name, text]) => [name, told(text)]),
    ),
  }
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => {
      const [metric, ...own] = name.split(',')
      return { series: `${metric}{${['job="arraydrop"', ...own].join(',')}}`, values }
    }),
    alert_rule_test: [
      { eval_time: '0m', alertname: alert, exp_alerts: [] },
      { eval_time: fires, alertname: alert, exp_alerts: [firing] },
      { eval_time: ends, alertname: alert, exp_alerts: [] },
    ],
  }
}
