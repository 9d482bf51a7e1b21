'use client'

import { Anchor, Button, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { useAct } from '../api/use-api.tsx'
import { useSignedInPerson } from '../frame/signed-in-person.tsx'
import { SENDING, useUnsaved } from '../frame/unsaved-work.tsx'
import { CodeSample } from '../kit/code-sample.tsx'
import { confirmFirst } from '../kit/confirm.tsx'
import { showSecretOnce } from '../kit/show-secret-once.tsx'
import { CHECKING_SAMPLES } from './checking-samples.ts'
import type { Webhook } from './webhook.ts'

/** Creates and replaces the signing secret, and explains how a server verifies a delivery with it. */
export function WebhookSecret({ webhook }: { webhook: Webhook }) {
  return (
    <Stack gap="lg">
      <Secret webhook={webhook} />
      <Paper withBorder p="md" component="section" aria-label="How your server verifies a delivery">
        <Stack gap="sm">
          <Title order={2} size="h4">
            How your server verifies a delivery
          </Title>
          <Text size="sm" maw="80ch">
            Every delivery carries its signature twice: by Standard Webhooks (<code>webhook-id</code>,{' '}
            <code>webhook-timestamp</code>, <code>webhook-signature</code>) and as{' '}
            <code>Gencove-Signature</code>. Verify one of them over the raw body, before parsing it, and
            answer with 2xx within 15 seconds.
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
            See also the{' '}
            <Anchor href="/docs" underline="always">
              API documentation
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
    answered: ({ secret }) => showSigningSecret(secret),
  })
  useUnsaved(make.isPending, SENDING)
  const run = () => make.mutate()
  return (
    <Paper withBorder p="md" component="section" aria-label="Signing secret">
      <Group justify="space-between" gap="md">
        <div style={{ flex: '1 1 20rem' }}>
          <Title order={2} size="h4">
            Signing secret
          </Title>
          <Text size="sm" c="dimmed" maw="70ch">
            {webhook.has_secret
              ? 'It exists and cannot be shown again. After you create a new one, the present one goes on signing for 24 hours, so that you can update your server. If a new one does not reach you, create another: none stops earlier for that.'
              : 'There is none yet, so deliveries are not signed.'}
          </Text>
        </div>
        {may('project_write', webhook.project) && (
          <Button
            variant={webhook.has_secret ? 'default' : 'filled'}
            loading={make.isPending}
            onClick={() =>
              webhook.has_secret
                ? confirmFirst({
                    title: 'Create a new secret?',
                    children:
                      'Update your server within 24 hours: until then the present secret signs deliveries beside the new one. Each earlier one stops 24 hours after it was replaced.',
                    confirm: 'Create a new secret',
                    danger: false,
                    onConfirm: run,
                  })
                : run()
            }
          >
            {webhook.has_secret ? 'Create a new secret' : 'Create a secret'}
          </Button>
        )}
      </Group>
    </Paper>
  )
}

/** Shows the signing secret, which the service cannot show again. */
export function showSigningSecret(secret: string): void {
  showSecretOnce({
    title: 'Signing secret',
    words:
      'Your server verifies each delivery with it. Store it with your server’s other secrets. “Secret and verification” explains how to verify.',
    secret,
    copy: 'Copy the secret',
  })
}
