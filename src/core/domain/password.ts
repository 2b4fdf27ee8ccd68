import { z } from 'zod';
import { brokenPasswordRules } from './password-rules.ts';

export { brokenPasswordRules, type PasswordRule, passwordRules } from './password-rules.ts';

export const passwordSchema = z
  .string()
  .max(200)
  .superRefine((text, context) => {
    for (const rule of brokenPasswordRules(text)) context.addIssue({ code: 'custom', message: rule });
  });
