import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_AR: Words['network'] = {
  blocked: 'شيء ما بينك وبيننا، مثل جدار حماية أو برنامج مكافحة فيروسات، لا يسمح بمرور ملفك.',
  tooLarge: 'شيء ما بينك وبيننا يرفض ملفك لأنه كبير جدًا، حتى على أجزاء صغيرة.',
  removed: 'شيء ما بينك وبيننا يحذف معلومات يحتاج إليها الرفع.',
  mend: 'يُرجى تجربة شبكة أخرى، مثل بيانات الهاتف، أو جهاز آخر. لم يضع شيء: نواصل المحاولة.',
  request: 'الطلب',
}
