import type { Words } from '../words.ts'

const DOWNLOAD_AGAIN = '请到基因检测公司重新下载，等它下载完整，然后选择新的文件。'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_ZH_HANS: Words['reasons'] = {
  file_too_large: {
    what: '这个文件超过 {limit}。DNA 原始数据文件要小一些。',
    mend: '请选择只含原始数据的 .zip 文件，而不是整个账户的副本。',
  },
  file_empty: { what: '这个文件是空的。', mend: DOWNLOAD_AGAIN },
  file_unreadable: {
    what: '您的设备无法打开这个文件。它可能还在 iCloud、Google 云端硬盘或 OneDrive 里。',
    mend: '请先把它保存到这台设备，再从那里选择。',
  },
  not_a_zip: {
    what: '这不是 .zip 文件。',
    mend: '请选择基因检测公司给您的原样 .zip 文件。如果找不到，请重新下载。',
  },
  zip_damaged: { what: '这个 .zip 文件已损坏。下载可能中断过。', mend: DOWNLOAD_AGAIN },
  zip_encrypted: {
    what: '这个 .zip 文件有密码保护。基因检测公司的文件没有密码。',
    mend: '请选择加密码之前的第一个 .zip 文件，或重新下载。',
  },
  zip_unsafe: {
    what: '为了安全，我们不打开这种结构的 .zip 文件。',
    mend: '请到基因检测公司重新下载，不做任何改动就选择该文件。',
  },
  archive_modified: {
    what: '这个 .zip 文件不是基因检测公司制作的那个。它被重新压缩过。',
    mend: '请选择您最初收到的 .zip 文件。如果已经没有了，请重新下载，并且不要打开。',
  },
  no_genotypes: {
    what: '这个文件里没有 DNA 原始数据。',
    mend: '请向基因检测公司申请“原始数据”（raw data），然后选择那个 .zip 文件。',
  },
  several_files: {
    what: '这里有不止一个文件。',
    mend: '请只选择一个 .zip 文件，里面是一个人的原始数据。',
  },
  vendor_unsupported: {
    what: '{partner} 目前还不能使用这种 DNA 文件。',
    mend: '如果您有 {vendors} 的文件，请选择它。',
  },
  format_unrecognized: {
    what: '我们看不出这个文件来自哪家基因检测公司。',
    mend: '请选择 {vendors} 给您的原样 .zip 文件。',
  },
  file_modified: {
    what: '里面的数据在离开基因检测公司之后被改动过。',
    mend: '请重新下载一份，不要打开或编辑，直接选择它。',
  },
  file_incomplete: { what: '里面的数据缺了一部分。', mend: DOWNLOAD_AGAIN },
  build_unsupported: {
    what: '里面的数据是 {partner} 不能使用的类型。',
    mend: '请直接从基因检测公司重新下载原始数据，不要转换。',
  },
  network_error: {
    what: '连接中断了。您的文件没有问题。',
    mend: '请检查网络连接，然后再试一次。如果我们已收到一部分，会从那里继续。',
  },
  service_unavailable: {
    what: '上传服务现在无法接收您的文件。这不是您的错。',
    mend: '请等一分钟，再用同一个文件试一次。',
  },
  internal_error: {
    what: '我们这边出了问题。您的文件可能没有问题。',
    mend: '请再试一次。如果再次发生，请联系他们，并告知下面的参考编号。',
  },
}
