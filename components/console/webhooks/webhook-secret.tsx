'use client'

import { Anchor, Button, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { CHECKING_SAMPLES } from './checking-samples.ts'
import { showSecret } from './show-secret.ts'
import { WEBHOOK_PATHS, type Webhook } from './webhook.ts'

/** The signing secret, made anew when one wants, and how a server checks a delivery with it. */
export function WebhookSecret({ webhook }: { webhook: Webhook }) {
  return (
    <Stack gap="lg">
      <Secret webhook={webhook} />
      <Paper withBorder p="md" component="section" aria-label="How your server checks">
        <Stack gap="sm">
          <Title order={2} size="h4">
            How your server checks
          </Title>
          <Text size="sm" maw="80ch">
            Every delivery carries its signature twice: by Standard Webhooks (<code>webhook-id</code>,{' '}
            <code>webhook-timestamp</code>, <code>webhook-signature</code>) and as{' '}
            <code>Gencove-Signature</code>. Check one of them over the body as it came, before anything reads
            it, and answer with 2xx within 15 seconds.
          </Text>
          <Tabs defaultValue={CHECKING_SAMPLES[0].key} keepMounted={false}>
            <Tabs.List>
              {CHECKING_SAMPLES.map(({ key, label }) => (
                <Tabs.Tab key={key} value={key}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {CHECKING_SAMPLES.map(({ key, label, text }) => (
              <Tabs.Panel key={key} value={key} pt="sm">
                <CodeSample title={label} text={text} />
              </Tabs.Panel>
            ))}
          </Tabs>
          <Text size="sm" c="dimmed">
            More stands in the{' '}
            <Anchor href="/docs" underline="always">
              documentation of the API
            </Anchor>
            . To try it on your own machine: <code>npx arraydrop listen</code>.
          </Text>
        </Stack>
      </Paper>
    </Stack>
  )
}

function Secret({ webhook }: { webhook: Webhook }) {
  const { may } = useSignedInPerson()
  const make = useAct<void, { secret: string }>({
    path: `project-subscription-secret/${webhook.id}`,
    renews: WEBHOOK_PATHS,
  })
  const run = () => make.mutate(undefined, { onSuccess: ({ secret }) => showSecret(secret) })
  return (
    <Paper withBorder p="md" component="section" aria-label="Signing secret">
      <Group justify="space-between" gap="md">
        <div style={{ flex: '1 1 20rem' }}>
          <Title order={2} size="h4">
            Signing secret
          </Title>
          <Text size="sm" c="dimmed" maw="70ch">
            {webhook.has_secret
              ? 'There is one, and it is not shown again. After a new one is made, the old one goes on signing beside it for 24 hours, so that your server can be changed in between.'
              : 'There is none yet: deliveries are not signed.'}
          </Text>
        </div>
        {may('project_write', webhook.project) && (
          <Button
            variant={webhook.has_secret ? 'default' : 'filled'}
            loading={make.isPending}
            onClick={() =>
              webhook.has_secret
                ? confirmFirst({
                    title: 'Make a new secret?',
                    children:
                      'Your server must know it within 24 hours: until then deliveries are signed with both, and after that with the new one alone.',
                    confirm: 'Make a new secret',
                    danger: false,
                    onConfirm: run,
                  })
                : run()
            }
          >
            {webhook.has_secret ? 'Make a new secret' : 'Make a secret'}
          </Button>
        )}
      </Group>
    </Paper>
  )
}
