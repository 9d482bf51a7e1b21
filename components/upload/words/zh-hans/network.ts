import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_ZH_HANS: Words['network'] = {
  blocked: '您与我们之间的某个环节（例如公司防火墙或杀毒软件）不让您的文件通过。',
  tooLarge: '您与我们之间的某个环节认为文件过大而拒绝，即使分成小块也不行。',
  removed: '您与我们之间的某个环节删除了上传所需的信息。',
  mend: '请换一个网络（例如移动数据）或换一台设备。没有丢失任何内容：我们会继续尝试。',
  request: '请求编号',
}
