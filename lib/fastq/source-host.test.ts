import { expect, test } from 'vitest'
import { isSourceHost } from './source-host.ts'

const isStore = (hostname: string) => isSourceHost(hostname, { fastqHosts: [], allowPrivateTargets: false })

test.each([
  's3.amazonaws.com',
  'b.s3.amazonaws.com',
  'my.dotted.bucket.s3.amazonaws.com',
  's3.eu-central-1.amazonaws.com',
  'b.s3.us-gov-west-1.amazonaws.com',
  's3-eu-west-1.amazonaws.com',
  'b.s3-us-west-2.amazonaws.com',
  'b.s3.dualstack.us-east-1.amazonaws.com',
  'b.s3-fips.us-east-1.amazonaws.com',
  'b.s3-fips.dualstack.us-east-1.amazonaws.com',
  'b.s3-accelerate.amazonaws.com',
  'b.s3-accelerate.dualstack.amazonaws.com',
  'ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com',
  'b.s3.cn-north-1.amazonaws.com.cn',
  's3-external-1.amazonaws.com',
  'd111111abcdef8.cloudfront.net',
  'storage.googleapis.com',
  'b.storage.googleapis.com',
  'my.dotted.bucket.storage.googleapis.com',
  'storage.cloud.google.com',
  'storage.europe-west3.rep.googleapis.com',
  'account.blob.core.windows.net',
  'account-secondary.blob.core.windows.net',
  'account.dfs.core.windows.net',
  'account.blob.core.usgovcloudapi.net',
  'account.blob.core.chinacloudapi.cn',
  'account.z12.blob.storage.azure.net',
])('%s is a store', (hostname) => {
  expect(isStore(hostname)).toBe(true)
})

test.each([
  'evil.example',
  's3.amazonaws.com.evil.example',
  'evils3.amazonaws.com',
  'b.s3.evil.amazonaws.com',
  'ec2-192-0-2-1.compute-1.amazonaws.com',
  's3.x-1.elb.amazonaws.com',
  'x.execute-api.eu-central-1.amazonaws.com',
  'cloudfront.net',
  'storage.googleapis.com.',
  'xstorage.googleapis.com',
  'compute.googleapis.com',
  'blob.core.windows.net',
  'account.queue.core.windows.net',
  'account.azurewebsites.net',
  'localhost',
  '127.0.0.1',
  '[::1]',
  'metadata.google.internal',
])('%s is none', (hostname) => {
  expect(isStore(hostname)).toBe(false)
})

test('the operator names hosts of its own, one by one or all below a name; a name is not below itself', () => {
  const allowed = { fastqHosts: ['data.clinic.example', '*.lab.example'], allowPrivateTargets: false }
  const hosts = ['data.clinic.example', 'a.lab.example', 'a.b.lab.example']
  expect(hosts.filter((host) => !isSourceHost(host, allowed))).toEqual([])
  const others = [
    'clinic.example',
    'x.data.clinic.example',
    'lab.example',
    'evillab.example',
    'lab.example.evil.example',
  ]
  expect(others.filter((host) => isSourceHost(host, allowed))).toEqual([])
})

test('addresses and names of this machine are allowed only with private targets', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '10.0.0.1', '[::1]']) {
    expect(isSourceHost(host, { fastqHosts: [], allowPrivateTargets: true })).toBe(true)
  }
  expect(isSourceHost('evil.example', { fastqHosts: [], allowPrivateTargets: true })).toBe(false)
})
